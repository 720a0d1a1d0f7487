// Finds a port on 127.0.0.1 that nobody listens on.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The system does not hand the same one out again soon, so whoever asked has time to take it. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
