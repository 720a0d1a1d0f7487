// What a plan lacks, and how often the registry is asked for it.
import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../src/config/sink-model';
import { ConnectlessError } from '../../../src/errors';
import type { VersionedRegistry } from '../../../src/registry/registry';
import { openRules } from '../../../src/sink/open-rules';
import { message, record, sampleConfig, sampleRegistry } from './sample';

/** A registry that counts, over answers by id and attempt. */
function counted(answer: (id: number, attempt: number) => string | ConnectlessError, config: Partial<SinkConfig> = {}) {
  const asked = new Map<number, number>();
  const atOnce = { now: 0, most: 0 };
  const schemaById = async (id: number) => {
    const attempt = (asked.get(id) ?? 0) + 1;
    asked.set(id, attempt);
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    await new Promise(setImmediate);
    atOnce.now -= 1;
    const found = answer(id, attempt);
    if (found instanceof ConnectlessError) throw found;
    return found;
  };
  const registry: VersionedRegistry = { ...sampleRegistry(), schemaById };
  return { ...openRules({ ...sampleConfig, ...config }, () => registry), asked, atOnce };
}

const unknown = () => new ConnectlessError('SCHEMA_NOT_FOUND', 'no');
const down = () => new ConnectlessError('REGISTRY_UNAVAILABLE', 'no', { retryable: true });
const named = (...ids: readonly number[]) => ids.map((id, offset) => record(offset, { schemaId: id }));
const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const need = (id: number, side: 'key' | 'value' = 'value') => ({ kind: 'schema', side, id }) as const;
const retries = (retryTimeoutMs: number): Partial<SinkConfig> => ({
  errors: { ...sampleConfig.errors, retryTimeoutMs, retryDelayMaxMs: 0 },
});

describe('the schemas that a plan lacks', () => {
  test('are asked for with all that the batch names, sixteen at once, each once', async () => {
    const ids = from(1, 100);
    const { rules, get, asked, atOnce } = counted((id) => (id % 2 === 0 ? '"int"' : unknown()));
    const { schemas } = await rules('prices');
    await get('prices', need(1), [...named(...ids), ...named(...ids)]);
    expect(ids.map((id) => schemas.value(id))).toEqual(
      ids.map((id) => expect.objectContaining(id % 2 === 0 ? { id } : { code: 'SCHEMA_NOT_FOUND' })),
    );
    expect(asked).toEqual(new Map(ids.map((id) => [id, 1])));
    expect(atOnce.most).toBe(16);
  });

  test('are not asked for again when they are known, or why they cannot be had', async () => {
    const { get, asked } = counted((id) => (id === 1 ? '"int"' : unknown()));
    await get('prices', need(1), named(1, 2));
    await get('prices', need(3), named(1, 2, 3));
    expect([...asked]).toEqual([1, 2, 3].map((id) => [id, 1]));
  });

  test('are those of the keys when a key lacks its own', async () => {
    const key: SinkConfig['converters']['key'] = { kind: 'avro', registry: { url: 'memory' } };
    const { get, asked } = counted(() => '"int"', { converters: { ...sampleConfig.converters, key } });
    await get('prices', need(5, 'key'), [record(0, { key: message(5, '') }), record(1, { key: message(6, '') })]);
    expect([...asked.keys()]).toEqual([5, 6]);
  });

  test('are all that is asked for when the state has them and no record', async () => {
    const { get, asked } = counted(() => '"int"');
    await get('prices', need(9), []);
    expect([...asked.keys()]).toEqual([9]);
  });

  test('are asked for no more once the registry does not answer', async () => {
    const { rules, get, asked } = counted(down);
    const { schemas } = await rules('prices');
    await get('prices', need(1), named(...from(1, 100)));
    expect(asked.size).toBe(16);
    expect(schemas.value(1)).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    await get('prices', need(50), named(...from(1, 100)));
    expect(asked.get(50)).toBe(1);
  });
});

describe('a registry that fails twice', () => {
  const failingTwice = (_: number, attempt: number) => (attempt <= 2 ? down() : '"int"');

  test.each([
    ['is asked again within errors.retry.timeout', retries(60_000), { id: 1 }, 3],
    ['is asked again without a time-out', retries(-1), { id: 1 }, 3],
    ['is asked once by default', {}, { code: 'REGISTRY_UNAVAILABLE' }, 1],
    [
      'is not asked for longer than half of the function’s time-out',
      { ...retries(-1), deployment: { ...sampleConfig.deployment, timeoutMs: 0 } },
      { code: 'REGISTRY_UNAVAILABLE' },
      1,
    ],
  ])('%s', async (_, config, known, attempts) => {
    const { rules, get, asked } = counted(failingTwice, config);
    const { schemas } = await rules('prices');
    await get('prices', need(1), named(1));
    expect(schemas.value(1)).toMatchObject(known);
    expect(asked.get(1)).toBe(attempts);
  });

  test('is not asked again for what it does not have', async () => {
    const { get, asked } = counted(unknown, retries(60_000));
    await get('prices', need(1), named(1));
    expect(asked.get(1)).toBe(1);
  });
});
