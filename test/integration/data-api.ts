// An emulator of the RDS Data API over the environment's Postgres: ExecuteStatement, without parameters.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';

export const CLUSTER_ARN = 'arn:aws:rds:us-east-1:000000000000:cluster:test';
export const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:test';

interface Request {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
  readonly sql: string;
}

export interface DataApiServer {
  readonly endpoint: string;
  /** The statements that it was asked to execute. */
  readonly asked: readonly string[];
  /** So many of the next requests find the database paused. */
  resuming: number;
  close(): Promise<void>;
}

class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** @param url the user's whom the secret names, for each database */
export async function startDataApi(url: (database: string) => string): Promise<DataApiServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then(async (body) => {
        if (request.url !== '/Execute') throw new Refusal('NotFoundException', `no operation at ${request.url}`);
        if (request.headers.authorization === undefined) throw new Refusal('AccessDeniedException', 'not signed');
        const asks: Request = JSON.parse(body);
        asked.push(asks.sql);
        if (api.resuming > 0) {
          api.resuming -= 1;
          throw new Refusal('DatabaseResumingException', 'The Aurora DB instance is resuming after being auto-paused.');
        }
        await execute(asks, url);
        answer(response, 200, {}, { generatedFields: [], numberOfRecordsUpdated: 0 });
      })
      .catch((error: unknown) => {
        const { type, message } = error instanceof Refusal ? error : new Refusal('InternalFailure', String(error));
        answer(response, 400, { 'x-amzn-errortype': type }, { message });
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const api: DataApiServer = {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    resuming: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, status: number, headers: Record<string, string>, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function execute({ resourceArn, secretArn, database, sql }: Request, url: (database: string) => string) {
  if (resourceArn !== CLUSTER_ARN) throw new Refusal('NotFoundException', 'no such cluster');
  if (secretArn !== SECRET_ARN) throw new Refusal('SecretsErrorException', 'no such secret');
  const parameter = /(?<!:):[A-Za-z]\w*/.exec(sql)?.[0];
  if (parameter !== undefined) throw new Refusal('BadRequestException', `Named parameter ${parameter} has no value`);
  const client = new Client({ connectionString: url(database) });
  await client.connect();
  try {
    // As one prepared statement: several in one text are refused, as the Data API refuses them.
    const query = { text: sql, queryMode: 'extended' };
    await client.query(query);
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw new Refusal('DatabaseErrorException', `ERROR: ${message}; SQLState: ${code}`);
  } finally {
    await client.end();
  }
}
