// Finds a port on 127.0.0.1 that nobody listens on, and refuses one that somebody does.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ConnectlessError, messageOf } from '../../src/errors';

/** The system does not hand the same one out again soon, so whoever asked has time to take it. */
export async function freePort(wanted = 0): Promise<number> {
  const probe = createServer().listen(wanted, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * The wanted port, or any free one.
 * Throws a ConnectlessError `PORT_IN_USE`: found out later, whoever is on that port would be taken for our server.
 */
export async function portFor(server: string, wanted: number | undefined): Promise<number> {
  try {
    return await freePort(wanted);
  } catch (cause) {
    const message = `${server} cannot have port ${wanted} on 127.0.0.1 (${messageOf(cause)}): choose another, or stop what listens there.`;
    throw new ConnectlessError('PORT_IN_USE', message, { cause });
  }
}
