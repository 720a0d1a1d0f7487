// The client of a Confluent-compatible registry, against a server that misbehaves as told.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { confluentRegistry } from '../../../src/registry/confluent';

type Answer = readonly [status: number, body: string] | 'hang' | 'reset';
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Gives the answers one after the other, the last one for ever. */
async function serve(...answers: readonly Answer[]): Promise<{ host: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = answers[Math.min(seen.length, answers.length - 1)] ?? 'hang';
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (answer === 'hang') return;
    if (answer === 'reset') request.socket.destroy();
    else response.writeHead(answer[0]).end(answer[1]);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, seen };
}

const client = (url: string, basicAuth?: string, timeoutMs = 2000) =>
  confluentRegistry({ url, ...(basicAuth !== undefined && { basicAuth }) }, { timeoutMs, retries: 2, firstPauseMs: 1 });

describe('the client of a registry', () => {
  test('registers a schema under an encoded subject', async () => {
    const { host, seen } = await serve([200, '{"id":7,"version":2}']);
    expect(await client(`http://${host}/`).register('a/b c-value', '{"type":"int"}')).toBe(7);
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/subjects/a%2Fb%20c-value/versions',
        body: '{"schema":"{\\"type\\":\\"int\\"}"}',
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      },
    ]);
  });

  test('asks for the text of an id, below the path of its url', async () => {
    const { host, seen } = await serve([200, '{"schema":"\\"int\\""}']);
    expect(await client(`http://${host}/apis/ccompat/v7`).schemaById(3)).toBe('"int"');
    expect(seen[0]?.url).toBe('/apis/ccompat/v7/schemas/ids/3');
  });

  test('asks for the versions of an id, deleted ones too, and takes the newest in the subject', async () => {
    const versions = '[{"subject":"b","version":9},{"subject":"a","version":2},{"subject":"a","version":10}]';
    const { host, seen } = await serve([200, versions]);
    expect(await client(`http://${host}`).versionOf('a', 3)).toBe(10);
    expect(await client(`http://${host}`).versionOf('c', 3)).toBeUndefined();
    expect(seen[0]?.url).toBe('/schemas/ids/3/versions?deleted=true');
  });

  const NO_PATH: Answer = [404, '{"error_code":404,"message":"HTTP 404 Not Found"}'];

  test('looks a version up by its schema in a registry that has no such list', async () => {
    const found = '{"subject":"a/b","version":4,"id":3,"schema":"\\"int\\""}';
    const { host, seen } = await serve(NO_PATH, [200, '{"schema":"\\"int\\""}'], [200, found]);
    expect(await client(`http://${host}`).versionOf('a/b', 3)).toBe(4);
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      url: '/subjects/a%2Fb?deleted=true',
      body: '{"schema":"\\"int\\""}',
    });
  });

  test.each([40401, 40403])('finds no version there when the look-up answers %i', async (code) => {
    const { host } = await serve(
      NO_PATH,
      [200, '{"schema":"\\"int\\""}'],
      [404, `{"error_code":${code},"message":""}`],
    );
    expect(await client(`http://${host}`).versionOf('a', 3)).toBeUndefined();
  });

  test.each<[Answer, string, boolean]>([
    [[404, '{"error_code":40403,"message":"Schema 3 not found"}'], 'SCHEMA_NOT_FOUND', false],
    [[503, ''], 'REGISTRY_UNAVAILABLE', true],
    [[401, ''], 'REGISTRY_REFUSED', false],
    [[200, '{}'], 'REGISTRY_REFUSED', false],
  ])('answers a question for a version that is answered %j with %s', async (answer, code, retryable) => {
    const { host } = await serve(answer);
    await expect(client(`http://${host}`).versionOf('a', 3)).rejects.toMatchObject({ code, retryable });
  });

  test.each([
    ['beside the url', 'me:se:cret', ''],
    ['in the url', undefined, 'me:se%3Acret@'],
  ])('logs in with credentials %s', async (_, basicAuth, inUrl) => {
    const { host, seen } = await serve([200, '{"id":1}']);
    await client(`http://${inUrl}${host}`, basicAuth).register('a', '"int"');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:se:cret').toString('base64')}`);
  });

  test.each<[string, Answer]>([
    ['429', [429, '{"error_code":42901,"message":"slow down"}']],
    ['500', [500, '{"error_code":50001,"message":"store"}']],
    ['503 without JSON', [503, '<html>']],
    ['a broken connection', 'reset'],
  ])('tries again on %s', async (_, answer) => {
    const { host, seen } = await serve(answer, answer, [200, '{"id":1}']);
    expect(await client(`http://${host}`).register('a', '"int"')).toBe(1);
    expect(seen).toHaveLength(3);
  });

  test.each<[Answer, string, RegExp]>([
    [
      [404, '{"error_code":40403,"message":"Schema 3 not found"}'],
      'SCHEMA_NOT_FOUND',
      /404 \(error_code 40403\): Schema 3 not found/,
    ],
    [[404, '<html>'], 'REGISTRY_REFUSED', /answered 404$/],
    [
      [409, '{"error_code":40901,"message":"incompatible"}'],
      'INCOMPATIBLE_SCHEMA',
      /409 \(error_code 40901\): incompatible/,
    ],
    [[422, '{"error_code":42201,"message":"no schema"}'], 'INVALID_SCHEMA', /no schema/],
    [
      [401, '{"error_code":401,"message":"Unauthorized"}'],
      'REGISTRY_REFUSED',
      /Check schema\.registry\.basic\.auth\.user\.info/,
    ],
    [[200, '<html>a login page</html>'], 'REGISTRY_REFUSED', /no Confluent-compatible schema registry/],
    [[200, '{"schemaType":"PROTOBUF","schema":"x"}'], 'SCHEMA_UNUSABLE', /PROTOBUF, not AVRO/],
  ])('does not try again on %j, but says %s', async (answer, code, message) => {
    const { host, seen } = await serve(answer);
    const request = client(`http://${host}`).schemaById(3);
    await expect(request).rejects.toMatchObject({ code, retryable: false, message: expect.stringMatching(message) });
    expect(seen).toHaveLength(1);
  });

  test('says of a registry that keeps failing where it is, that it may come back, and no password', async () => {
    const { host, seen } = await serve([503, '']);
    const request = client(`http://me:secret@${host}`).schemaById(1);
    await expect(request).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
      message: `The schema registry http://${host} cannot be reached: it answered 503. Check schema.registry.url and that it is running.`,
    });
    expect(seen).toHaveLength(3);
  });

  test('gives up on one that does not answer in time', async () => {
    const { host } = await serve('hang');
    await expect(client(`http://${host}`, undefined, 20).schemaById(1)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: expect.stringContaining('no answer within 20 ms'),
    });
  });

  test('says that nobody listens', async () => {
    const { host } = await serve([200, '']);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(client(`http://${host}`).schemaById(1)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
