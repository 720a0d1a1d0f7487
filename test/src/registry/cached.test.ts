// What is asked of a registry only once.
import { describe, expect, test } from '@jest/globals';
import { cachedRegistry } from '../../../src/registry/cached';

function home(fail = false) {
  const calls: string[] = [];
  const answer = async <Value>(call: string, value: Value): Promise<Value> => {
    calls.push(call);
    if (fail) throw new Error('down');
    return value;
  };
  const registry = {
    register: (subject: string, schema: string) => answer(`register ${subject} ${schema}`, 1),
    schemaById: (id: number) => answer(`schema ${id}`, '"int"'),
    versionOf: (subject: string, id: number) => answer(`version ${subject} ${id}`, 3),
  };
  return { registry, calls };
}

describe('a cached registry', () => {
  test('asks for an id once for ever, and shares the request in flight', async () => {
    const { registry, calls } = home();
    const cached = cachedRegistry(registry);
    await Promise.all([cached.schemaById(1), cached.schemaById(1), cached.schemaById(2)]);
    expect(await cached.schemaById(1)).toBe('"int"');
    expect(calls).toEqual(['schema 1', 'schema 2']);
  });

  test('asks for the version of an id in a subject once for ever', async () => {
    const { registry, calls } = home();
    const cached = cachedRegistry(registry);
    await Promise.all([cached.versionOf('a', 1), cached.versionOf('a', 1), cached.versionOf('b', 1)]);
    expect(await cached.versionOf('a', 1)).toBe(3);
    expect(calls).toEqual(['version a 1', 'version b 1']);
  });

  test('asks again for a version that a subject did not have', async () => {
    const { registry, calls } = home();
    const cached = cachedRegistry({
      ...registry,
      versionOf: async (...asked) => void (await registry.versionOf(...asked)),
    });
    expect([await cached.versionOf('a', 1), await cached.versionOf('a', 1)]).toEqual([undefined, undefined]);
    expect(calls).toEqual(['version a 1', 'version a 1']);
  });

  test('registers again after a minute', async () => {
    let now = 0;
    const { registry, calls } = home();
    const cached = cachedRegistry(registry, () => now);
    await Promise.all([cached.register('a', '"int"'), cached.register('a', '"int"'), cached.register('b', '"int"')]);
    now = 59_999;
    await cached.register('a', '"int"');
    expect(calls).toEqual(['register a "int"', 'register b "int"']);
    now = 60_000;
    await cached.register('a', '"int"');
    expect(calls).toHaveLength(3);
  });

  test('does not remember a failure', async () => {
    const { registry, calls } = home(true);
    const cached = cachedRegistry(registry);
    for (let time = 0; time < 2; time += 1) {
      await expect(cached.schemaById(1)).rejects.toThrow('down');
      await expect(cached.register('a', '"int"')).rejects.toThrow('down');
      await expect(cached.versionOf('a', 1)).rejects.toThrow('down');
    }
    expect(calls).toHaveLength(6);
  });
});
