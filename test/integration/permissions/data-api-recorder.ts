// Stands for the RDS Data API: answers every statement, runs none, and notes what IAM would be asked.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from '../../lib/permissions/evaluator';

export interface DataApiRecorder {
  readonly endpoint: string;
  calls(): readonly Call[];
  close(): Promise<void>;
}

/** The Data API reads the secret with its caller's rights ("Authorizing access to the Amazon RDS Data API"). */
export async function startDataApiRecorder(): Promise<DataApiRecorder> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      if (request.url !== '/Execute') return response.writeHead(501).end();
      const { resourceArn, secretArn } = JSON.parse(text);
      calls.push({ action: 'rds-data:ExecuteStatement', resource: resourceArn });
      calls.push({ action: 'secretsmanager:GetSecretValue', resource: secretArn });
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"numberOfRecordsUpdated":0}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
