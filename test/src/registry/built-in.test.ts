// The built-in registry.
import { describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { memoryState } from '../../../src/state/memory';

const fixed = (size: number) => `{"type": "fixed", "name": "F", "size": ${size}}`;

describe('the built-in registry', () => {
  test('gives 100 concurrent registrations of several writers unique ids and versions without a gap', async () => {
    const state = memoryState();
    const writers = Array.from({ length: 5 }, () => builtInRegistry(state));
    await writers[0]?.setLevel('prices-value', 'NONE');
    const registered = await Promise.all(
      Array.from({ length: 100 }, async (_, size) => {
        const writer = writers[size % 5] ?? builtInRegistry(state);
        return writer.registerVersion('prices-value', fixed(size));
      }),
    );
    const counted = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(registered.map(({ id }) => id).sort((a, b) => a - b)).toEqual(counted);
    expect(registered.map(({ version }) => version).sort((a, b) => a - b)).toEqual(counted);
    for (const { id, schema } of registered) expect(await builtInRegistry(state).schemaById(id)).toBe(schema);
  });

  test('gives concurrent registrations of one text one id and one version', async () => {
    const state = memoryState();
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => builtInRegistry(state).register('prices-value', '"int"')),
    );
    expect(new Set(ids)).toEqual(new Set([1]));
    const { versions } = await builtInRegistry(state).subjects();
    expect(versions.get('prices-value')).toHaveLength(1);
  });

  test('takes differently written texts of one schema for one', async () => {
    const registry = builtInRegistry(memoryState());
    expect(await registry.register('a', '{"type":"int"}')).toBe(1);
    expect(await registry.register('a', ' "int" ')).toBe(1);
    expect(await registry.register('b', '"int"')).toBe(1);
    expect(await registry.schemaById(1)).toBe('"int"');
  });

  test('knows an id that another writer registered later', async () => {
    const state = memoryState();
    const reader = builtInRegistry(state);
    await expect(reader.schemaById(1)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', retryable: false });
    await builtInRegistry(state).register('a', '"int"');
    expect(await reader.schemaById(1)).toBe('"int"');
  });

  test('knows the version of an id in a subject, whoever registered it', async () => {
    const state = memoryState();
    const reader = builtInRegistry(state);
    const writer = builtInRegistry(state);
    await writer.register('a', '"int"');
    await writer.register('a', '"long"');
    await writer.register('b', '"long"');
    expect(await reader.versionOf('a', 2)).toBe(2);
    expect(await reader.versionOf('b', 2)).toBe(1);
    expect(await reader.versionOf('b', 1)).toBeUndefined();
    await expect(reader.versionOf('a', 3)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', retryable: false });
  });

  test('refuses what is no schema, and does not write it', async () => {
    const state = memoryState();
    await expect(builtInRegistry(state).register('a', '{"type":"integer"}')).rejects.toMatchObject({
      code: 'INVALID_SCHEMA',
      message: 'Invalid Avro schema at $: no type "integer" is defined before this place',
    });
    expect(await state.list('')).toEqual([]);
  });

  test('writes a level once', async () => {
    const state = memoryState();
    const registry = builtInRegistry(state);
    await registry.setLevel('a', 'FULL');
    await registry.setLevel('a', 'FULL');
    await registry.setLevel(undefined, 'NONE');
    const { level, levels } = await registry.subjects();
    expect([level, levels.get('a'), await state.list('')]).toEqual([
      'NONE',
      'FULL',
      ['registry/0000000001', 'registry/0000000002'],
    ]);
  });

  const ID = '{"name":"id","type":"int"}';
  const record = (...fields: string[]) => `{"type":"record","name":"t","fields":[${fields.join(',')}]}`;
  const [before, optional, required] = [
    record(ID),
    record(ID, '{"name":"a","type":["null","int"],"default":null}'),
    record(ID, '{"name":"b","type":"int"}'),
  ];

  test('refuses a version that the level forbids, and does not write it', async () => {
    const state = memoryState();
    const registry = builtInRegistry(state);
    await registry.register('a', before);
    await expect(registry.register('a', required)).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      retryable: false,
      message: expect.stringMatching(
        /of a, whose compatibility is BACKWARD.*version 1:\n- column "b" is new and NOT NULL/,
      ),
      cause: { message: expect.stringMatching(/^Schema being registered is incompatible .*subject "a", details/) },
    });
    expect(await state.list('')).toHaveLength(1);
    expect(await registry.register('b', required)).toBe(2);
    expect(await registry.register('a', optional)).toBe(3);
  });

  test('takes what the level of the subject allows, whatever the level of the registry', async () => {
    const registry = builtInRegistry(memoryState());
    await registry.register('a', before);
    await registry.setLevel('a', 'FORWARD');
    expect(await registry.register('a', required)).toBe(2);
    await registry.setLevel(undefined, 'NONE');
    await expect(registry.register('a', before)).resolves.toBe(1);
    await expect(registry.register('a', '"string"')).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
    expect(await registry.register('b', '"string"')).toBe(3);
    expect(await registry.register('b', '"int"')).toBe(4);
  });

  test('says what it would do, and writes nothing', async () => {
    const state = memoryState();
    const registry = builtInRegistry(state);
    expect(await registry.wouldRegister('a', before)).toEqual({});
    await registry.register('a', before);
    await registry.register('a', optional);
    const latest = { version: 2, schema: optional };
    expect(await registry.wouldRegister('a', before)).toEqual({ latest: expect.objectContaining(latest), known: 1 });
    expect(
      await registry.wouldRegister(
        'a',
        record(
          ID,
          ...(optional.match(/{"name":"a".*}(?=])/) ?? []),
          '{"name":"c","type":["null","int"],"default":null}',
        ),
      ),
    ).toEqual({ latest: expect.objectContaining(latest) });
    expect(await registry.wouldRegister('a', required)).toMatchObject({
      latest,
      refused: { code: 'SCHEMA_INCOMPATIBLE' },
    });
    expect(await state.list('')).toHaveLength(2);
  });
});
