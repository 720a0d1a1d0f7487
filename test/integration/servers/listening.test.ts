// Nothing that we start can be reached from another machine.
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { runRecords } from '../../../local/servers/run-records';
import { listeningHosts } from './listening-hosts';

const loopback = expect.stringMatching(/^(127\.0\.0\.1|::1)$/);

/** The servers of this run: jest itself, or its parent, has started them. */
const servers = runRecords().filter(({ owner }) => owner === process.pid || owner === process.ppid);

// Without /proc (macOS) there is nothing to read it from.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('a server that we start', () => {
  // When the environment names them all, none is ours.
  (servers.length > 0 ? test : test.skip)('listens on the loopback address alone', () => {
    for (const { name, pid } of servers) {
      const hosts = listeningHosts(pid);
      const expected = hosts.length > 0 ? hosts.map(() => loopback) : ['a listening socket'];
      expect({ name, hosts }).toEqual({ name, hosts: expected });
    }
  });

  test('would be seen if it listened on every address', async () => {
    const open = createServer();
    await new Promise<void>((resolve) => open.listen(0, '0.0.0.0', resolve));
    expect(listeningHosts(process.pid)).toContain('0.0.0.0');
    open.close();
  });
});
