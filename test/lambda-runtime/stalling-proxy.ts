// A TCP proxy on 127.0.0.1 that can stop to pass anything on: a dependency that takes requests and does not answer.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface StallingProxy {
  /** `host:port` */
  readonly address: string;
  stall(): void;
  /** From now on; what was said meanwhile is lost. */
  goOn(): void;
  close(): Promise<void>;
}

/** @param target `host:port` */
export async function stallingProxy(target: string): Promise<StallingProxy> {
  const [host = '', port] = target.split(':');
  let stalls = false;
  const open = new Set<Socket>();
  const passOn = (from: Socket, to: Socket) => {
    open.add(from);
    from.on('data', (chunk) => stalls || to.write(chunk));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const there = connect(Number(port), host);
    passOn(client, there);
    passOn(there, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall: () => {
      stalls = true;
    },
    goOn: () => {
      stalls = false;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
