// A proxy between the source and one of its servers that cuts the network, in the ways in which it breaks.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `refused`: connections are reset, new ones too. `silent`: nothing gets through, and nobody is told. `no-answers`: what the
 * source says arrives, and it hears nothing.
 */
export type Cut = 'refused' | 'silent' | 'no-answers';
export const cuts: readonly [Cut, ...Cut[]] = ['refused', 'silent', 'no-answers'];

export interface TcpProxy {
  readonly port: number;
  cut(way: Cut): void;
  /** Connections that were there during the cut are reset: what had not got through never does. */
  heal(): void;
  /** Leads new connections to another port, and resets the ones that are there. */
  leadTo(port: number): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** @param target port on 127.0.0.1 */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let way: Cut | undefined;
  let leadsTo = target;
  const resetAll = () => {
    for (const pair of pairs) reset(pair);
  };
  const listener = createServer((client) => {
    if (way === 'refused') return void client.resetAndDestroy();
    const pair = { client, server: connect(leadsTo, '127.0.0.1') };
    pairs.add(pair);
    join(
      pair,
      () => way,
      () => pairs.delete(pair),
    );
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    cut: (chosen) => {
      way = chosen;
      if (chosen === 'refused') resetAll();
    },
    heal: () => {
      if (way !== undefined) resetAll();
      way = undefined;
    },
    leadTo: (port) => {
      leadsTo = port;
      resetAll();
    },
    stop: async () => {
      resetAll();
      listener.close();
      await once(listener, 'close');
    },
  };
}

function join(pair: Pair, cut: () => Cut | undefined, onClose: () => void): void {
  const { client, server } = pair;
  client.on('data', (bytes) => {
    if (cut() !== 'silent') server.write(bytes);
  });
  server.on('data', (bytes) => {
    if (cut() === undefined) client.write(bytes);
  });
  for (const socket of [client, server]) {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      // Of a server that closes in a cut, the client hears nothing; it is reset when the cut has healed.
      if (cut() !== undefined && socket === server) return;
      onClose();
      reset(pair);
    });
  }
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
