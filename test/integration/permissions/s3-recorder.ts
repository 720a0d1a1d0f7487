// A proxy before S3, one for each function: notes what IAM would be asked about each request that S3 answers.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from '../../lib/permissions/evaluator';
import { s3Calls } from '../../lib/permissions/s3-calls';

export interface S3Recorder {
  readonly endpoint: string;
  /** Throws when there was a request that nobody has thought about yet. */
  calls(): readonly Call[];
  close(): Promise<void>;
}

/** @param target endpoint of an S3 that takes paths */
export async function startS3Recorder(target: string): Promise<S3Recorder> {
  const calls: Call[] = [];
  const failures: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    forward(new URL(target), incoming, outgoing, (status, error) => {
      const { method = '', url = '', headers } = incoming;
      try {
        calls.push(...s3Calls({ method, url, headers, status, error }));
      } catch (failure) {
        failures.push(failure);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls() {
      if (failures.length > 0) throw failures[0];
      return calls;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answered = (status: number, error: string | undefined) => void;

/**
 * As it came, but whole: S3 may answer before it has read everything, and closes the connection then, whose error is none. So each
 * request has a connection of its own, too.
 */
function forward({ hostname, port }: URL, incoming: IncomingMessage, outgoing: ServerResponse, answered: Answered) {
  const { method, url: path, headers } = incoming;
  const { expect: _, ...others } = headers;
  const onAnswer = async (answer: IncomingMessage) => {
    const body = await bodyOf(answer);
    const status = answer.statusCode ?? 0;
    answered(status, status < 400 ? undefined : /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1]);
    outgoing.writeHead(status, answer.headers).end(body);
  };
  const send = (body: Buffer) => {
    let hasAnswer = false;
    const forwarded = request({ hostname, port, method, path, headers: others, agent: false }, (answer) => {
      hasAnswer = true;
      onAnswer(answer).catch(() => outgoing.destroy());
    });
    forwarded.on('error', () => (hasAnswer ? undefined : outgoing.destroy()));
    forwarded.end(body);
  };
  // A function that is killed in the middle of a request is no failure of ours.
  bodyOf(incoming).then(send, () => outgoing.destroy());
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
