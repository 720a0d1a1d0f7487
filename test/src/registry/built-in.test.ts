// The built-in registry.
import { describe, expect, test } from '@jest/globals';
import { builtInRegistry } from '../../../src/registry/built-in';
import { memoryState } from '../../../src/state/memory';

const fixed = (size: number) => `{"type": "fixed", "name": "F", "size": ${size}}`;

describe('the built-in registry', () => {
  test('gives 100 concurrent registrations of several writers unique ids and versions without a gap', async () => {
    const state = memoryState();
    const writers = Array.from({ length: 5 }, () => builtInRegistry(state));
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
});
