// Lambda's Runtime API for one runtime process: hands out invocations, takes what becomes of them.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly functionArn: string;
}

/** As the runtime client posts it, and as Invoke answers it. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What a runtime says. `ready`: it asks for the next invocation; `misuse`: something that the protocol does not know here. */
export type Said =
  | { readonly type: 'ready' }
  | { readonly type: 'init-error'; readonly error: RuntimeError }
  | { readonly type: 'response'; readonly body: string }
  | { readonly type: 'error'; readonly error: RuntimeError }
  | { readonly type: 'misuse'; readonly what: string };

export interface RuntimeApi {
  /** `host:port`: AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** What it says next; one asks at a time. */
  said(): Promise<Said>;
  /** Answers the runtime that has said `ready`. */
  hand(invocation: Invocation): void;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

const version = '/2018-06-01/runtime';

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const words = queue<Said>();
  let waiting: ServerResponse | undefined;
  let inHand: string | undefined;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const route = `${request.method} ${request.url?.replace(version, '')}`;
    if (route === 'GET /invocation/next') {
      waiting = response;
      words.put({ type: 'ready' });
      return;
    }
    const said = saidBy(route, body, inHand);
    inHand = undefined;
    response.writeHead(said.type === 'misuse' ? 403 : 202, { 'content-type': 'application/json' });
    response.end('{"status":"OK"}', () => words.put(said));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    said: words.take,
    hand(invocation) {
      inHand = invocation.requestId;
      waiting?.writeHead(200, headersOf(invocation)).end(invocation.event);
      waiting = undefined;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function saidBy(route: string, body: string, requestId: string | undefined): Said {
  switch (route) {
    case 'POST /init/error':
      return { type: 'init-error', error: JSON.parse(body) };
    case `POST /invocation/${requestId}/response`:
      return { type: 'response', body };
    case `POST /invocation/${requestId}/error`:
      return { type: 'error', error: JSON.parse(body) };
    default:
      return { type: 'misuse', what: route };
  }
}

function headersOf({ requestId, deadline, functionArn }: Invocation): Record<string, string> {
  return {
    'content-type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': requestId,
    'Lambda-Runtime-Deadline-Ms': String(deadline),
    'Lambda-Runtime-Invoked-Function-Arn': functionArn,
    'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** In order; a taker may come first. */
function queue<Item>() {
  const items: Item[] = [];
  const takers: ((item: Item) => void)[] = [];
  return {
    put(item: Item) {
      const taker = takers.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    take: () =>
      new Promise<Item>((resolve) => {
        const item = items.shift();
        if (item === undefined) takers.push(resolve);
        else resolve(item);
      }),
  };
}
