// What a connection pooler shows its clients, before a real Postgres: a session that is not the server's own.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Pooler {
  readonly port: number;
  close(): Promise<void>;
}

const BACKEND_KEY_DATA = 'K'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

/** Announces process numbers of its own, as PgBouncer and RDS Proxy do; all else it passes on. */
export async function startPooler(postgresPort: number): Promise<Pooler> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const postgres = connect(postgresPort, '127.0.0.1');
    for (const socket of [client, postgres]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        postgres.destroy();
      });
    }
    client.pipe(postgres);
    passOn(postgres, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Message by message until the server is ready: a type, a length without the type, and the content. */
function passOn(postgres: Socket, client: Socket): void {
  let pending = Buffer.alloc(0);
  const read = (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length >= 5 && pending.length > pending.readUInt32BE(1)) {
      const message = pending.subarray(0, pending.readUInt32BE(1) + 1);
      pending = pending.subarray(message.length);
      if (message[0] === BACKEND_KEY_DATA) message.writeUInt32BE(message.readUInt32BE(5) ^ 0x40000000, 5);
      client.write(message);
      if (message[0] !== READY_FOR_QUERY) continue;
      postgres.off('data', read);
      client.write(pending);
      postgres.pipe(client);
      return;
    }
  };
  postgres.on('data', read);
}
