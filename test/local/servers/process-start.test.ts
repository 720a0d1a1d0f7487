// A process is known by its pid and its start.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { processStart } from '../../../local/servers/process-start';

const hasPs = spawnSync('ps', ['-o', 'lstart=', '-p', String(process.pid)]).status === 0;
const platforms: NodeJS.Platform[] = [
  ...(process.platform === 'linux' ? (['linux'] as const) : []),
  ...(hasPs ? (['darwin'] as const) : []),
];

describe.each(platforms)('as %s tells it', (platform) => {
  test('a process has the same start whenever it is asked for', () => {
    const start = processStart(process.pid, platform);
    expect(start).toMatch(/\d/);
    expect(processStart(process.pid, platform)).toBe(start);
  });

  test('one that has ended has none', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(processStart(pid, platform)).toMatch(/\d/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processStart(pid, platform)).toBeUndefined();
  });
});
