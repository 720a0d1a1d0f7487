// A server's port.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { portFor } from '../../../local/servers/free-port';

test('a free one is found, and one that is wanted and free is taken', async () => {
  const port = await portFor('Postgres', undefined);
  expect(port).toBeGreaterThan(0);
  await expect(portFor('Postgres', port)).resolves.toBe(port);
});

test('one that is in use is refused', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(portFor('Postgres', port)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringMatching(new RegExp(`^Postgres cannot have port ${port} on 127\\.0\\.0\\.1 .*EADDRINUSE`)),
  });
  other.close();
});
