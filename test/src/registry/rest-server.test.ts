// The REST API on a port, called as Confluent's clients call it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RegistryServer, serveRegistry } from '../../../src/registry/rest-server';
import { memoryState } from '../../../src/state/memory';

const JAVA = {
  'content-type': 'application/vnd.schemaregistry.v1+json',
  accept: 'application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json',
};
const SCHEMA = '{"type":"record","name":"prices","fields":[{"name":"id","type":"int"}]}';

let server: RegistryServer;
beforeAll(async () => {
  server = await serveRegistry(memoryState(), '127.0.0.1', 0);
});
afterAll(() => server.close());

async function call(method: string, path: string, body?: unknown) {
  const init = { method, headers: JAVA, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(server.url + path, init);
  return [response.status, await response.json()];
}

describe('the registry on a port', () => {
  test('serves the calls of a serializer and a deserializer', async () => {
    const version = { subject: 'prices-value', version: 1, id: 1, schema: SCHEMA };
    const body = { schema: SCHEMA, schemaType: 'AVRO', references: [] };
    expect(await call('POST', '/subjects/prices-value/versions?normalize=false', body)).toEqual([200, { id: 1 }]);
    expect(await call('POST', '/subjects/prices-value?normalize=false&deleted=false', body)).toEqual([200, version]);
    expect(await call('GET', '/schemas/ids/1?fetchMaxId=false&subject=prices-value')).toEqual([
      200,
      { schema: SCHEMA },
    ]);
    expect(await call('GET', '/subjects/prices-value/versions/latest')).toEqual([200, version]);
    expect(await call('GET', '/config/prices-value?defaultToGlobal=true')).toEqual([
      200,
      { compatibilityLevel: 'BACKWARD' },
    ]);
  });

  test('answers many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, size) =>
        call('POST', '/subjects/many/versions', { schema: `{"type":"fixed","name":"F","size":5,"n":${size % 10}}` }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(10);
    expect(await call('GET', '/subjects/many/versions')).toEqual([200, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  });

  test('says of a port that is taken what to do', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveRegistry(memoryState(), '127.0.0.1', port)).rejects.toMatchObject({
      code: 'CANNOT_LISTEN',
      message: expect.stringMatching(/EADDRINUSE.*Name another with --port\.$/),
    });
  });
});
