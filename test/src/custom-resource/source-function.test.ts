import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { askSource, invocationError } from '../../../src/custom-resource/source-function';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Lambda's API: what it was sent, and what it answers next. */
const seen: { readonly url: string | undefined; readonly body: unknown }[] = [];
let next: Answer = { body: null };
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ url: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(next.status ?? 200, { ...next.headers }).end(JSON.stringify(next.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
});

afterEach(() => {
  seen.length = 0;
});

afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
});

describe('a source is asked', () => {
  test("by an invocation with the preflight's event, whose answer it gives", async () => {
    next = { body: { findings: [] } };
    expect(await askSource('connectless-prices')).toEqual({ findings: [] });
    expect(seen).toEqual([
      { url: '/2015-03-31/functions/connectless-prices/invocations', body: { connectless: 'preflight' } },
    ]);
  });

  test('and has failed when its function has, with the message of that', async () => {
    next = { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'no such host' } };
    await expect(askSource('f')).rejects.toMatchObject({ code: 'SOURCE_FAILED', message: 'f failed: no such host' });
  });

  test('once: another attempt is decided elsewhere', async () => {
    next = { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: { message: 'Rate' } };
    await expect(askSource('f')).rejects.toMatchObject({ code: 'SOURCE_BUSY', retryable: true });
    expect(seen).toHaveLength(1);
  });
});

test.each([
  ['ResourceConflictException', 'SOURCE_BUSY', true],
  ['AccessDeniedException', 'LAMBDA_FORBIDDEN', false],
  ['ResourceNotFoundException', 'INVOCATION_FAILED', false],
])('%s is %s', (name, code, retryable) => {
  const error = Object.assign(new Error('said'), { name });
  expect(invocationError(error, 'f')).toMatchObject({ code, retryable, cause: error });
});
