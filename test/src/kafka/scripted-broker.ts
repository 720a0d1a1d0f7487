// A Kafka broker that knows logins with OAUTHBEARER over TLS and no more: MSK's IAM listener cannot run on one machine.
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

interface Verdict {
  /** What MSK would say; absent: welcome. */
  readonly refusal?: string;
}

export interface ScriptedBroker {
  readonly address: string;
  /** Of each login, in their order. */
  readonly tokens: readonly string[];
  close(): Promise<void>;
}

const tls = (name: string) => readFileSync(`test/fixtures/tls/${name}`);
export const certificateAuthority = tls('ca.pem').toString();

const SASL_HANDSHAKE = 17;
const API_VERSIONS = 18;
const SASL_AUTHENTICATE = 36;
const SASL_AUTHENTICATION_FAILED = 58;

/** `judge` is asked at each login; the mechanisms are what the handshake offers. */
export async function scriptedBroker(
  judge: (token: string) => Verdict = () => ({}),
  mechanisms: readonly string[] = ['OAUTHBEARER'],
): Promise<ScriptedBroker> {
  const tokens: string[] = [];
  const sockets = new Set<TLSSocket>();
  const answer = (key: number, body: Buffer): Buffer => {
    if (key === API_VERSIONS) return apiVersions();
    if (key === SASL_HANDSHAKE) return Buffer.concat([int16(0), int32(mechanisms.length), ...mechanisms.map(string)]);
    const token = /auth=Bearer ([\w-]*)/.exec(body.toString())?.[1] ?? '';
    tokens.push(token);
    const { refusal } = judge(token);
    const said = refusal === undefined ? [int16(0), int16(-1)] : [int16(SASL_AUTHENTICATION_FAILED), string(refusal)];
    return Buffer.concat([...said, int32(0), Buffer.alloc(8)]);
  };
  const server = createServer({ cert: tls('server.pem'), key: tls('server.key') }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    answerRequests(socket, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    tokens,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A request is its size, key, version, correlation id, the client's name, and its body. */
function answerRequests(socket: TLSSocket, answer: (key: number, body: Buffer) => Buffer): void {
  let buffered = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
      const size = buffered.readInt32BE(0);
      const request = buffered.subarray(4, 4 + size);
      buffered = buffered.subarray(4 + size);
      const reply = answer(request.readInt16BE(0), request.subarray(8));
      socket.write(Buffer.concat([int32(reply.length + 4), request.subarray(4, 8), reply]));
    }
  });
}

function apiVersions(): Buffer {
  const known = [
    [SASL_HANDSHAKE, 1],
    [API_VERSIONS, 2],
    [SASL_AUTHENTICATE, 1],
  ] as const;
  const keys = known.map(([key, version]) => Buffer.concat([int16(key), int16(version), int16(version)]));
  return Buffer.concat([int16(0), int32(keys.length), ...keys, int32(0)]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function string(text: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);
}
