// What is known of schemas, and what their lack means.
import { describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { builtInRegistry } from '../../../src/registry/built-in';
import { confluentRegistry } from '../../../src/registry/confluent';
import { registryLookup, type SchemaLookup, schemaSource } from '../../../src/registry/schema-source';
import { memoryState } from '../../../src/state/memory';

const failing =
  (error: unknown): SchemaLookup =>
  async () => {
    throw error;
  };

describe('a source of schemas', () => {
  test('knows a schema for ever once it was fetched, and asks once', async () => {
    let asked = 0;
    const source = schemaSource(async () => {
      asked += 1;
      return { text: '"int"', version: 2 };
    });
    expect(source.known(7)).toBeUndefined();
    const schema = await source.fetch(7);
    expect(schema).toMatchObject({ id: 7, text: '"int"', version: 2 });
    expect(await source.fetch(7)).toBe(schema);
    expect(source.known(7)).toBe(schema);
    expect(asked).toBe(1);
  });

  test('knows why one cannot be had until it is told to forget failures of ten seconds ago, then asks again', async () => {
    let now = 0;
    const answers: SchemaLookup[] = [
      failing(new ConnectlessError('SCHEMA_NOT_FOUND', 'no')),
      async () => ({ text: '"int"' }),
    ];
    const source = schemaSource(
      (id) => (answers.shift() ?? failing('none'))(id),
      () => now,
    );
    const error = await source.fetch('x');
    now = 9_999;
    source.forgetFailures();
    expect(source.known('x')).toBe(error);
    now = 10_000;
    expect(source.known('x')).toBe(error);
    source.forgetFailures();
    expect(source.known('x')).toBeUndefined();
    expect(await source.fetch('x')).toMatchObject({ text: '"int"' });
    now = 1e9;
    source.forgetFailures();
    expect(source.known('x')).toMatchObject({ text: '"int"' });
  });

  test('asks once for all that ask at the same time', async () => {
    let asked = 0;
    const source = schemaSource(async () => {
      asked += 1;
      return { text: '"int"' };
    });
    const [one, other] = await Promise.all([source.fetch(7), source.fetch(7)]);
    expect(one).toBe(other);
    expect(asked).toBe(1);
  });

  test.each<[string, SchemaLookup, string, boolean]>([
    ['an id that nobody knows', failing(new ConnectlessError('SCHEMA_NOT_FOUND', 'no')), 'SCHEMA_NOT_FOUND', false],
    ['a schema that is not Avro', failing(new ConnectlessError('SCHEMA_UNUSABLE', 'no')), 'SCHEMA_UNUSABLE', false],
    ['a text that is no schema', async () => ({ text: '{"type":"recrod"}' }), 'SCHEMA_UNUSABLE', false],
    [
      'a registry that does not answer',
      failing(new ConnectlessError('REGISTRY_UNAVAILABLE', 'no', { retryable: true })),
      'REGISTRY_UNAVAILABLE',
      true,
    ],
    ['a registry that refuses', failing(new ConnectlessError('REGISTRY_REFUSED', 'no')), 'REGISTRY_REFUSED', true],
    [
      'a broken log of the built-in one',
      failing(new ConnectlessError('REGISTRY_LOG_DAMAGED', 'no')),
      'REGISTRY_LOG_DAMAGED',
      true,
    ],
    ['anything else', failing(new TypeError('x is not a function')), 'REGISTRY_UNAVAILABLE', true],
  ])('of %s: a record’s fault is never retryable, a registry’s always', async (_, lookup, code, retryable) => {
    const source = schemaSource(lookup);
    const error = await source.fetch(1);
    expect(error).toBeInstanceOf(ConnectlessError);
    expect(error).toMatchObject({ code, retryable });
    expect(source.known(1)).toBe(error);
  });

  test('does not make the record’s fault of a Confluent registry that is down', async () => {
    const patience = { timeoutMs: 1000, retries: 0, firstPauseMs: 1 };
    const registry = confluentRegistry({ url: 'http://127.0.0.1:1' }, patience);
    expect(await schemaSource(registryLookup(registry, undefined)).fetch(1)).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
    });
  });
});

describe('the versions of schemas', () => {
  const versioned = '{"type":"int","connect.version":9}';

  async function fetched(subject: string | undefined, id: number) {
    const registry = builtInRegistry(memoryState());
    await registry.register('a-value', '"int"');
    await registry.register('a-value', '"long"');
    await registry.register('b-value', versioned);
    return schemaSource(registryLookup(registry, subject)).fetch(id);
  }

  test.each<[string | undefined, number, number | undefined]>([
    ['a-value', 2, 2],
    ['b-value', 2, undefined],
    [undefined, 2, undefined],
    // Connect's own comes first.
    ['b-value', 3, 9],
  ])('in the subject %s of id %i', async (subject, id, version) => {
    const schema = await fetched(subject, id);
    expect('version' in schema ? schema.version : undefined).toBe(version);
  });

  test('of an id that nobody knows are the record’s fault', async () => {
    expect(await fetched('a-value', 99)).toMatchObject({ code: 'SCHEMA_NOT_FOUND', retryable: false });
  });
});
