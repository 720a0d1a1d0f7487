// Stands for Lambda's API: notes who is invoked, and answers as a source that nothing stands in the way of.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LambdaRecorder {
  readonly endpoint: string;
  /** Names of functions. */
  readonly invoked: readonly string[];
  close(): Promise<void>;
}

export async function startLambdaRecorder(): Promise<LambdaRecorder> {
  const invoked: string[] = [];
  const server = createServer((request, response) => {
    const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    request.resume();
    if (name === undefined) return response.writeHead(501).end();
    invoked.push(decodeURIComponent(name));
    return response.writeHead(200).end('{"looked":[],"findings":[]}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
