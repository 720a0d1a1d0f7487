// The REST API, request by request.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { registryApp } from '../../../src/registry/rest';
import { memoryState } from '../../../src/state/memory';

const V1 = 'application/vnd.schemaregistry.v1+json';
const PRICES = '{"type":"record","name":"prices","fields":[{"name":"id","type":"int"}]}';
const SUBJECT = 'confluent-in-prices-value';

let app: ReturnType<typeof registryApp>;
beforeEach(() => {
  app = registryApp(builtInRegistry(memoryState()));
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = { method, headers: { ...(text && { 'content-type': V1 }), ...headers }, ...(text && { body: text }) };
  const response = await app.request(path, init);
  const answer: unknown = JSON.parse(await response.text());
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

const get = (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers);
const register = async (subject: string, schema: string) =>
  (await call('POST', `/subjects/${encodeURIComponent(subject)}/versions`, { schema })).answer;

describe('registering over REST', () => {
  test('answers the id, and the version like Confluent, without schemaType', async () => {
    expect(
      await call('POST', `/subjects/${SUBJECT}/versions?normalize=false`, { schema: PRICES, schemaType: 'AVRO' }),
    ).toEqual({
      status: 200,
      type: V1,
      answer: { id: 1 },
    });
    const version = { subject: SUBJECT, version: 1, id: 1, schema: PRICES };
    for (const number of ['1', 'latest', '-1']) {
      expect((await get(`/subjects/${SUBJECT}/versions/${number}`)).answer).toEqual(version);
    }
    expect((await get(`/subjects/${SUBJECT}/versions/1/schema`)).answer).toEqual(JSON.parse(PRICES));
    expect((await call('POST', `/subjects/${SUBJECT}`, { schema: `\n${PRICES} ` })).answer).toEqual(version);
  });

  test('is idempotent, and counts versions and ids', async () => {
    expect(await register('a', '"int"')).toEqual({ id: 1 });
    expect(await register('a', '"long"')).toEqual({ id: 2 });
    expect(await register('a', '{"type":"int"}')).toEqual({ id: 1 });
    expect(await register('b', '"long"')).toEqual({ id: 2 });
    expect((await get('/subjects/a/versions')).answer).toEqual([1, 2]);
    expect((await get('/subjects')).answer).toEqual(['a', 'b']);
  });

  test('refuses what the level forbids as Confluent does, and takes it with another level', async () => {
    await register('a', '"int"');
    const refused = await call('POST', '/subjects/a/versions', { schema: '"string"' });
    expect(refused).toEqual({
      status: 409,
      type: V1,
      answer: {
        error_code: 40901,
        message: `Schema being registered is incompatible with an earlier schema for subject "a", details: [{errorType:'TYPE_MISMATCH', description:'The type (path '/') of a field in the new schema does not match with the old schema', additionalInfo:'reader type: STRING not compatible with writer type: INT'}, {oldSchemaVersion: 1}, {oldSchema: '"int"'}, {validateFields: 'false', compatibility: 'BACKWARD'}]`,
      },
    });
    await call('PUT', '/config/a', { compatibility: 'NONE' });
    expect(await register('a', '"string"')).toEqual({ id: 2 });
  });

  describe('checks', () => {
    const check = async (path: string, schema: string) => {
      const { status, answer } = await call('POST', `/compatibility/subjects/${path}`, { schema });
      return [status, answer];
    };
    const [INT, LONG, STRING] = ['"int"', '"long"', '"string"'];

    test('a schema before it is registered, against the versions that the level looks at', async () => {
      await register('a', STRING);
      await call('PUT', '/config/a', { compatibility: 'NONE' });
      await register('a', INT);
      await call('PUT', '/config/a', { compatibility: 'BACKWARD' });
      expect(await check('a/versions', LONG)).toEqual([200, { is_compatible: true }]);
      expect(await check('a/versions/latest', LONG)).toEqual([200, { is_compatible: true }]);
      expect(await check('a/versions/1', LONG)).toEqual([200, { is_compatible: false }]);
      await call('PUT', '/config/a', { compatibility: 'BACKWARD_TRANSITIVE' });
      expect(await check('a/versions', LONG)).toEqual([200, { is_compatible: false }]);
      expect(await check('a/versions/latest', LONG)).toEqual([200, { is_compatible: true }]);
      expect((await get('/subjects/a/versions')).answer).toEqual([1, 2]);
    });

    test('and says why, when it is asked', async () => {
      await register('a', INT);
      expect(await check('a/versions/latest?verbose=true', LONG)).toEqual([200, { is_compatible: true, messages: [] }]);
      expect(await check('a/versions/latest?verbose=true', STRING)).toEqual([
        200,
        {
          is_compatible: false,
          messages: [
            "{errorType:'TYPE_MISMATCH', description:'The type (path '/') of a field in the new schema does not match with the old schema', additionalInfo:'reader type: STRING not compatible with writer type: INT'}",
            '{oldSchemaVersion: 1}',
            `{oldSchema: '"int"'}`,
            "{validateFields: 'false', compatibility: 'BACKWARD'}",
          ],
        },
      ]);
    });

    test.each([
      ['none/versions', LONG, 200, { is_compatible: true }],
      ['none/versions/latest', LONG, 200, { is_compatible: true }],
      ['none/versions/1', LONG, 404, { error_code: 40401 }],
      ['a/versions/9', LONG, 404, { error_code: 40402 }],
      ['a/versions/x', LONG, 422, { error_code: 42202 }],
      ['a/versions/latest', '"no"', 422, { error_code: 42201 }],
    ])('of %s with %s', async (path, schema, status, answer) => {
      await register('a', INT);
      expect(await check(path, schema)).toEqual([status, expect.objectContaining(answer)]);
    });
  });

  test('takes any subject that a client can encode', async () => {
    for (const subject of ['a/b', 'a b', '100%', 'größe', ':.ctx:s', 'a+b', 'a%2Fb', 'versions']) {
      await register(subject, PRICES);
      const { answer } = await get(`/subjects/${encodeURIComponent(subject)}/versions/1`);
      expect(answer).toMatchObject({ subject, version: 1 });
    }
  });

  test('accepts body fields that it does not know, and a body without a content type of its own', async () => {
    const body = JSON.stringify({ schema: PRICES, metadata: null, ruleSet: null, references: [], id: -1 });
    const headers = { 'content-type': 'application/octet-stream' };
    expect((await call('POST', '/subjects/a/versions', body, headers)).answer).toEqual({ id: 1 });
  });

  test.each<[string, unknown, number, number, RegExp]>([
    [
      'an invalid schema',
      { schema: '{"type":"integer"}' },
      422,
      42201,
      /^Invalid Avro schema at \$: no type "integer"/,
    ],
    ['an empty schema', { schema: '' }, 422, 42201, /^Empty schema$/],
    ['no schema', {}, 422, 42201, /^Empty schema$/],
    ['another type', { schema: 'x', schemaType: 'PROTOBUF' }, 422, 42201, /PROTOBUF/],
    ['a lower-case type', { schema: PRICES, schemaType: 'avro' }, 422, 42201, /avro/],
    ['references', { schema: PRICES, references: [{ name: 'a', subject: 'a', version: 1 }] }, 422, 42201, /references/],
    ['an id of its own', { schema: PRICES, id: 9 }, 422, 42205, /^Subject a is not in import mode$/],
    ['a body that is no JSON', '{"schema"', 400, 400, /JSON/],
    ['a body that is no object', '[]', 400, 400, /JSON/],
  ])('refuses %s', async (_, body, status, error_code, message) => {
    const refused = { status, type: V1, answer: { error_code, message: expect.stringMatching(message) } };
    expect(await call('POST', '/subjects/a/versions', body)).toEqual(refused);
    expect((await get('/subjects')).answer).toEqual([]);
  });
});

describe('looking up over REST', () => {
  beforeEach(async () => {
    await register('a', '"int"');
    await register('a', '"long"');
    await register('b', '"int"');
  });

  test.each<[string, unknown]>([
    ['/', {}],
    ['/schemas/ids/1', { schema: '"int"' }],
    ['/schemas/ids/1?subject=a&fetchMaxId=false', { schema: '"int"' }],
    ['/schemas/ids/1/schema', 'int'],
    ['/schemas/ids/1/subjects', ['a', 'b']],
    [
      '/schemas/ids/1/versions',
      [
        { subject: 'a', version: 1 },
        { subject: 'b', version: 1 },
      ],
    ],
    ['/schemas/types', ['AVRO']],
    [
      '/schemas?latestOnly=true',
      [
        { subject: 'a', version: 2, id: 2, schema: '"long"' },
        { subject: 'b', version: 1, id: 1, schema: '"int"' },
      ],
    ],
    ['/schemas?subjectPrefix=b', [{ subject: 'b', version: 1, id: 1, schema: '"int"' }]],
    ['/subjects?subjectPrefix=b', ['b']],
    ['/subjects?subjectPrefix=x', []],
    ['/subjects?offset=1&limit=1', ['b']],
    ['/subjects/', ['a', 'b']],
    ['/config', { compatibilityLevel: 'BACKWARD' }],
    ['/config/', { compatibilityLevel: 'BACKWARD' }],
    ['/config/a?defaultToGlobal=true', { compatibilityLevel: 'BACKWARD' }],
    ['/mode', { mode: 'READWRITE' }],
    ['/mode/a?defaultToGlobal=true', { mode: 'READWRITE' }],
  ])('GET %s', async (path, answer) => {
    expect(await get(path)).toEqual({ status: 200, type: V1, answer });
  });

  test.each<[string, number, number, string]>([
    ['/subjects/x/versions', 404, 40401, "Subject 'x' not found."],
    ['/subjects/x/versions/1', 404, 40401, "Subject 'x' not found."],
    ['/subjects/a/versions/3', 404, 40402, 'Version 3 not found.'],
    [
      '/subjects/a/versions/0',
      422,
      42202,
      'The specified version \'0\' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"',
    ],
    [
      '/subjects/a/versions/first',
      422,
      42202,
      'The specified version \'first\' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"',
    ],
    ['/schemas/ids/9', 404, 40403, 'Schema 9 not found'],
    ['/schemas/ids/9/versions', 404, 40403, 'Schema 9 not found'],
    ['/schemas/ids/x', 404, 404, 'HTTP 404 Not Found'],
    ['/config/a', 404, 40408, "Subject 'a' does not have subject-level compatibility configured"],
    ['/mode/a', 404, 40409, "Subject 'a' does not have subject-level mode configured"],
    ['/associations/a', 404, 404, 'HTTP 404 Not Found'],
    ['/compatibility', 404, 404, 'HTTP 404 Not Found'],
  ])('GET %s is answered %d, %d', async (path, status, error_code, message) => {
    expect(await get(path)).toEqual({ status, type: V1, answer: { error_code, message } });
  });

  test('POST finds a schema under its subject only', async () => {
    const lookUp = (subject: string, schema: string) => call('POST', `/subjects/${subject}`, { schema });
    expect((await lookUp('b', '{"type":"int"}')).answer).toMatchObject({ subject: 'b', version: 1, id: 1 });
    expect((await lookUp('b', '"long"')).answer).toEqual({ error_code: 40403, message: 'Schema not found' });
    expect((await lookUp('x', '"long"')).answer).toEqual({ error_code: 40401, message: "Subject 'x' not found." });
  });

  test('what is not there yet answers like any unknown path', async () => {
    for (const [method, path] of [
      ['DELETE', '/subjects/a'],
      ['PUT', '/mode'],
    ] as const) {
      const { status, answer } = await call(method, path, method === 'DELETE' ? undefined : {});
      expect([status, answer]).toEqual([404, { error_code: 404, message: 'HTTP 404 Not Found' }]);
    }
  });
});

describe('configuring over REST', () => {
  test('keeps the level of all and of a subject, in any case', async () => {
    expect((await call('PUT', '/config', { compatibility: 'full_transitive' })).answer).toEqual({
      compatibility: 'FULL_TRANSITIVE',
    });
    expect((await call('PUT', '/config/a%2Fb', { compatibility: 'NONE' })).answer).toEqual({ compatibility: 'NONE' });
    expect((await get('/config')).answer).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
    expect((await get('/config/a%2Fb')).answer).toEqual({ compatibilityLevel: 'NONE' });
  });

  test('refuses a level that there is not', async () => {
    const { status, answer } = await call('PUT', '/config/a', { compatibility: 'SOME' });
    expect([status, answer]).toMatchObject([
      422,
      { error_code: 42203, message: expect.stringMatching(/^Invalid compatibility level\./) },
    ]);
  });
});

describe('content types', () => {
  test.each([
    ['*/*', 200, V1],
    ['application/json', 200, 'application/json'],
    ['application/vnd.schemaregistry+json, application/json;q=0.5', 200, 'application/vnd.schemaregistry+json'],
    [`${V1}, application/vnd.schemaregistry+json, application/json`, 200, V1],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 200, V1],
    ['text/html', 406, V1],
  ])('Accept: %s is answered %d with %s', async (accept, status, type) => {
    expect(await get('/subjects', { accept })).toMatchObject({ status, type });
  });

  test.each([
    ['text/plain', 415],
    ['application/json; charset=utf-8', 200],
    ['application/vnd.schemaregistry+json', 200],
  ])('Content-Type: %s is answered %d', async (type, status) => {
    expect(await call('POST', '/subjects/a/versions', { schema: PRICES }, { 'content-type': type })).toMatchObject({
      status,
    });
  });

  test('credentials that nobody asked for are no matter', async () => {
    expect(await get('/subjects', { authorization: 'Basic eDp5' })).toMatchObject({ status: 200 });
  });
});

describe('a state store that fails', () => {
  test('is answered 500, 50001', async () => {
    const down = () => Promise.reject(new Error('access denied'));
    app = registryApp(builtInRegistry({ ...memoryState(), list: down }));
    expect(await get('/subjects')).toEqual({
      status: 500,
      type: V1,
      answer: { error_code: 50001, message: 'Error in the backend data store: access denied' },
    });
  });
});
