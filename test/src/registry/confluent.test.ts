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

  describe('of a schema that is refused', () => {
    const before = { subject: 't-value', version: 2, id: 7, schema: '{"type":"record","name":"t","fields":[]}' };
    const after = '{"type":"record","name":"t","fields":[{"name":"b","type":"int"}]}';
    const REFUSED: Answer = [409, '{"error_code":40901,"message":"incompatible"}'];
    const config = (level: string): Answer => [200, `{"compatibilityLevel":"${level}"}`];
    const json = (body: unknown): Answer => [200, JSON.stringify(body)];

    test('tells the column and the rule, and keeps the words of the registry', async () => {
      const { host, seen } = await serve(REFUSED, config('BACKWARD'), json(before));
      const error = await client(`http://${host}`)
        .register('t-value', after)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'SCHEMA_INCOMPATIBLE',
        retryable: false,
        message: expect.stringMatching(
          /version 2:\n- column "b" is new and NOT NULL.*READER_FIELD_MISSING_DEFAULT_VALUE/,
        ),
        cause: { message: '409 (error_code 40901): incompatible' },
      });
      expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /subjects/t-value/versions',
        'GET /config/t-value?defaultToGlobal=true',
        'GET /subjects/t-value/versions/latest',
      ]);
    });

    test('looks at all versions when the level does', async () => {
      const older = { ...before, version: 1, schema: '"string"' };
      const { host } = await serve(
        REFUSED,
        config('FULL_TRANSITIVE'),
        [200, '[1,2]'],
        json(older),
        json({ ...before, schema: after }),
      );
      await expect(client(`http://${host}`).register('t-value', after)).rejects.toMatchObject({
        code: 'SCHEMA_INCOMPATIBLE',
        message: expect.stringMatching(/FULL_TRANSITIVE. Against version 1:/),
      });
    });

    test.each<[string, Answer[]]>([
      ['whose level is unknown', [config('STRANGE')]],
      ['whose level cannot be had', [[403, '']]],
      ['that no rule of ours forbids', [config('FORWARD'), json(before)]],
      ['whose versions are no JSON', [config('BACKWARD'), [200, '<html>']]],
      ['whose last version is no Avro', [config('BACKWARD'), json({ ...before, schema: 'syntax = "proto3"' })]],
    ])('%s, says what the registry says', async (_, answers) => {
      const { host } = await serve(REFUSED, ...answers);
      await expect(client(`http://${host}`).register('t-value', after)).rejects.toMatchObject({
        code: 'SCHEMA_INCOMPATIBLE',
        message: 'The schema registry refuses the new schema of t-value: 409 (error_code 40901): incompatible',
      });
    });

    test('says so before, and registers nothing', async () => {
      const { host, seen } = await serve(
        json(before),
        [404, '{"error_code":40403,"message":"Schema not found"}'],
        [404, '{"error_code":404,"message":"HTTP 404 Not Found"}'],
        json({ is_compatible: false, messages: ['their', 'words'] }),
        config('BACKWARD'),
        json(before),
      );
      const { latest, refused } = await client(`http://${host}`).wouldRegister('t-value', after);
      expect(latest).toEqual({ version: 2, schema: before.schema });
      expect(refused).toMatchObject({ code: 'SCHEMA_INCOMPATIBLE', cause: { message: 'their, words' } });
      expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET /subjects/t-value/versions/latest',
        'POST /subjects/t-value?deleted=false',
        'POST /compatibility/subjects/t-value/versions?verbose=true',
        'POST /compatibility/subjects/t-value/versions/latest?verbose=true',
        'GET /config/t-value?defaultToGlobal=true',
        'GET /subjects/t-value/versions/latest',
      ]);
    });
  });

  test('of a registry that checks nothing before finds out itself', async () => {
    const [found, unknown] = [JSON.stringify({ version: 2, schema: '"int"' }), '{"error_code":404}'];
    const { host } = await serve(
      [200, found],
      [404, '{"error_code":40403}'],
      [404, unknown],
      [404, unknown],
      [200, '{"compatibilityLevel":"BACKWARD"}'],
      [200, found],
    );
    const { refused } = await client(`http://${host}`).wouldRegister('a', '"string"');
    expect(refused).toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      message: expect.stringContaining('was int and is string'),
    });
  });

  test('of a schema that would be registered says the newest version, and the one that it is', async () => {
    const latest = { version: 2, schema: '"long"' };
    const [found, absent] = [JSON.stringify({ ...latest, id: 4 }), '{"error_code":40401,"message":"no"}'];
    const none = await serve([404, absent], [404, absent]);
    expect(await client(`http://${none.host}`).wouldRegister('a', '"int"')).toEqual({});
    const known = await serve([200, found], [200, '{"version":1}']);
    expect(await client(`http://${known.host}`).wouldRegister('a', '"int"')).toEqual({ latest, known: 1 });
    const fits = await serve([200, found], [404, '{"error_code":40403}'], [200, '{"is_compatible":true}']);
    expect(await client(`http://${fits.host}`).wouldRegister('a', '"int"')).toEqual({ latest });
  });
});
