// An emulator of the RDS Data API over a real Postgres: its REST-JSON protocol on 127.0.0.1.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { bind, type WireParameter } from './bind';
import { execute, type Limits, type ResultOptions } from './execute';
import { Failure, resuming } from './failure';
import { type Sessions, sessions } from './sessions';

export interface DataApiOptions {
  readonly clusterArn: string;
  readonly secretArn: string;
  /** Of the user whom the secret names, for each database. */
  readonly url: (database: string) => string;
  /** A transaction without a call is rolled back after it. @default 180,000 */
  readonly transactionIdleMs?: number;
  readonly limits?: Partial<Limits>;
  /** Before each answer, as the way to AWS takes time. @default 0 */
  readonly latencyMs?: number;
}

export interface DataApiServer {
  /** For `AWS_ENDPOINT_URL_RDS_DATA`. */
  readonly endpoint: string;
  /** Every call that came, refused ones too. */
  readonly calls: readonly { readonly path: string; readonly sql?: string }[];
  /** Answers the next calls, one each. */
  readonly failures: Failure[];
  /** The database is paused; it has resumed so long after the next call. */
  pause(resumeMs: number): void;
  close(): Promise<void>;
}

interface Call extends ResultOptions {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database?: string;
  readonly sql?: string;
  readonly parameters?: readonly WireParameter[];
  readonly parameterSets?: readonly (readonly WireParameter[])[];
  readonly transactionId?: string;
  readonly continueAfterTimeout?: boolean;
}

const LIMITS: Limits = { responseBytes: 1024 ** 2, rowBytes: 64 * 1024, statementMs: 45_000 };
const REQUEST_BYTES = 4 * 1024 ** 2;
const DEFAULT_DATABASE = 'postgres';

export async function startDataApi(options: DataApiOptions): Promise<DataApiServer> {
  const { transactionIdleMs = 180_000, latencyMs = 0 } = options;
  const limits = { ...LIMITS, ...options.limits };
  const open = sessions(options.url, transactionIdleMs);
  const calls: { path: string; sql?: string }[] = [];
  const failures: Failure[] = [];
  const pause: Pause = { resumesAt: undefined, resumeMs: undefined };

  const answer = async (request: IncomingMessage): Promise<object> => {
    const path = request.url ?? '';
    const call: Call = JSON.parse(await bodyOf(request));
    calls.push({ path, ...(call.sql === undefined ? {} : { sql: call.sql }) });
    if (latencyMs > 0) await sleep(latencyMs);
    admit(request, call, options);
    const failure = failures.shift() ?? pausedAs(pause);
    if (failure !== undefined) throw failure;
    return operation(path, call, open, limits);
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => reply(response, 200, body),
      (error: unknown) => refuse(response, error),
    );
  });
  return {
    endpoint: await listening(server),
    calls,
    failures,
    pause: (resumeMs) => {
      pause.resumeMs = resumeMs;
    },
    close: async () => {
      await closed(server);
      await open.close();
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Pause {
  resumeMs: number | undefined;
  /** Epoch milliseconds; set by the first call that finds it paused. */
  resumesAt: number | undefined;
}

function pausedAs(pause: Pause): Failure | undefined {
  if (pause.resumeMs === undefined) return undefined;
  pause.resumesAt ??= Date.now() + pause.resumeMs;
  if (Date.now() < pause.resumesAt) return resuming();
  pause.resumeMs = undefined;
  pause.resumesAt = undefined;
  return undefined;
}

function admit(request: IncomingMessage, call: Call, { clusterArn, secretArn }: DataApiOptions): void {
  if (request.headers.authorization === undefined)
    throw new Failure('AccessDeniedException', 'Missing Authentication Token');
  if (call.resourceArn !== clusterArn)
    throw new Failure('BadRequestException', 'HttpEndpoint is not enabled for cluster');
  if (call.secretArn !== secretArn) {
    throw new Failure('SecretsErrorException', "Secrets Manager can't find the specified secret.");
  }
}

async function operation(path: string, call: Call, open: Sessions, limits: Limits): Promise<object> {
  const { transactionId = '', database = DEFAULT_DATABASE } = call;
  if (path === '/BeginTransaction') return { transactionId: await open.begin(database) };
  if (path === '/CommitTransaction') {
    await open.end(transactionId, 'COMMIT');
    return { transactionStatus: 'Transaction Committed' };
  }
  if (path === '/RollbackTransaction') {
    await open.end(transactionId, 'ROLLBACK');
    return { transactionStatus: 'Rollback Complete' };
  }
  if (path === '/Execute') return statement(call, open, limits, [call.parameters ?? []], ([first]) => first ?? {});
  if (path === '/BatchExecute') {
    const sets = call.parameterSets ?? [[]];
    return statement(call, open, limits, sets, (all) => ({ updateResults: all.map(() => ({ generatedFields: [] })) }));
  }
  throw new Failure('NotFoundException', `No operation at ${path}`);
}

/** A batch is one transaction, too. */
async function statement(
  call: Call,
  open: Sessions,
  limits: Limits,
  sets: readonly (readonly WireParameter[])[],
  answer: (executed: readonly object[]) => object,
): Promise<object> {
  const { sql = '', transactionId, database = DEFAULT_DATABASE } = call;
  const bound = sets.map((set) => bind(sql, set));
  const patience = call.continueAfterTimeout ? { ...limits, statementMs: 2 ** 31 - 1 } : limits;
  const work = async (client: Client) => {
    const executed: object[] = [];
    if (bound.length > 1 && transactionId === undefined) await client.query('BEGIN');
    for (const one of bound) {
      executed.push(await execute(client, one, call, patience, () => open.cancel(database, client)));
    }
    if (bound.length > 1 && transactionId === undefined) await client.query('COMMIT');
    return answer(executed);
  };
  return transactionId === undefined ? open.alone(database, work) : open.within(transactionId, work);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= REQUEST_BYTES) chunks.push(chunk);
  }
  if (bytes > REQUEST_BYTES) throw new Failure('BadRequestException', 'The request is larger than 4 MiB');
  return Buffer.concat(chunks).toString();
}

function refuse(response: ServerResponse, error: unknown): void {
  const { type, status, message } =
    error instanceof Failure ? error : new Failure('InternalServerErrorException', String(error));
  reply(response, status, { __type: type, message }, { 'x-amzn-errortype': type });
}

function reply(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
