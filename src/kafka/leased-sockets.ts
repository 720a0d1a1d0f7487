// The sockets of a client that may write for a time only: a process that was frozen wakes up with requests at hand.
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** kafkajs's own. */
const KEEP_ALIVE_MS = 60_000;

/** Like kafkajs's own sockets; each write asks first, as nobody knows how long a request has waited, and closes the socket instead when it may not. */
export function leasedSockets(mayWrite: () => boolean): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    const serverName = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
      ? connectTls({ host, port, ...serverName, ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    return leased(socket, mayWrite);
  };
}

function leased(socket: Socket, mayWrite: () => boolean): Socket {
  const write = socket.write.bind(socket);
  return Object.assign(socket, {
    write: (bytes: string | Uint8Array, encoding?: BufferEncoding): boolean => {
      if (mayWrite()) return write(bytes, encoding);
      socket.destroy(new Error('the time for writing is over'));
      return false;
    },
  });
}
