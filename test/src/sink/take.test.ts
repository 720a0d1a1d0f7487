import { beforeAll, describe, expect, test } from '@jest/globals';
import { dataSchema } from '../../../src/convert/data-schema';
import type { PartitionState } from '../../../src/sink/partition-state';
import { base64, message, record, records, sampleConfig } from './sample';
import { filesOf, planned, stringKeys, whole } from './sample-plan';
import { loadSampleFormats, sampleSchema } from './sample-rules';

beforeAll(loadSampleFormats);

describe('null values', () => {
  const given = [record(0), record(1, { value: null }), record(2), record(3)];

  test('stop the partition when behavior.on.null.values is fail, whatever errors.tolerance says', () => {
    const outcome = planned(given, { config: { errors: { ...sampleConfig.errors, tolerance: 'all' } } });
    expect(outcome.stopped).toMatchObject({ code: 'NULL_VALUE', retryable: false });
    expect(outcome.state?.last.offset).toBe(0);
    expect(outcome.faults).toEqual([]);
  });

  test('leave no trace when it is ignore, and do not count', () => {
    const outcome = planned(given, { config: { nulls: { ...sampleConfig.nulls, behavior: 'ignore' } } });
    expect(filesOf(outcome)).toEqual({ open: [], closing: ['partition=0/0.avro ×3'] });
    expect(outcome.ignored.map(({ offset }) => offset)).toEqual([1]);
    expect(outcome.faults).toEqual([]);
  });

  test('are dead letters then, where there is a topic for these', () => {
    const deadLetters = { topic: 'dead', replicationFactor: 1, contextHeaders: false };
    const config = {
      nulls: { ...sampleConfig.nulls, behavior: 'ignore' as const },
      errors: { ...sampleConfig.errors, tolerance: 'all' as const, deadLetters },
    };
    expect(planned(given, { config }).faults).toMatchObject([{ record: { offset: 1 }, error: { code: 'NULL_VALUE' } }]);
    const quiet = planned(given, { config: { ...config, nulls: { ...config.nulls, toDeadLetters: false } } });
    expect([quiet.faults.length, quiet.ignored.length]).toEqual([0, 1]);
  });

  test('have a file of their keys when it is write, and count', () => {
    const withKeys = [record(0), record(1, { value: null }), record(2)].map((one) => ({ ...one, key: base64('k') }));
    const { formats, converters } = stringKeys;
    const config = {
      converters,
      formats: { value: formats.value, keys: formats.keys },
      nulls: { ...sampleConfig.nulls, behavior: 'write' as const },
    };
    expect(filesOf(planned(withKeys, { config })).closing).toEqual([
      'partition=0/0.avro ×2',
      'partition=0/0.keys.json ×2',
      'tombstone/1.keys.json ×1',
    ]);
  });
});

describe('keys and headers', () => {
  test('stand in files beside the values, row for row', () => {
    const outcome = planned([whole(0), whole(1), whole(2), whole(3)], { config: stringKeys });
    expect(filesOf(outcome)).toEqual({
      open: ['partition=0/3.avro ×1', 'partition=0/3.keys.json ×1', 'partition=0/3.headers.json ×1'],
      closing: ['partition=0/0.avro ×3', 'partition=0/0.keys.json ×3', 'partition=0/0.headers.json ×3'],
    });
    const keys = outcome.state?.closing.find(({ key }) => key.endsWith('.keys.json'));
    expect(Buffer.concat(keys?.tail ?? []).toString()).toBe('"k0"\n"k1"\n"k2"\n');
  });

  test.each([
    ['a null key', { ...whole(1), key: null }, 'KEY_NULL'],
    ['no headers', { ...whole(1), headers: [] }, 'HEADERS_MISSING'],
  ])('with %s a record cannot be written, and none of its files has a row of it', (_, bad, code) => {
    const outcome = planned([whole(0), bad, whole(2)], {
      config: {
        ...stringKeys,
        errors: { ...sampleConfig.errors, tolerance: 'all' },
      },
    });
    expect(outcome.faults).toMatchObject([{ stage: 'TASK_PUT', error: { code } }]);
    expect(filesOf(outcome).open).toEqual([
      'partition=0/0.avro ×2',
      'partition=0/0.keys.json ×2',
      'partition=0/0.headers.json ×2',
    ]);
  });
});

describe('the clock', () => {
  let state: PartitionState | undefined;
  beforeAll(() => {
    const now = Date.parse('2026-11-25T10:04:00Z');
    ({ state } = planned(records(0, 2), { config: { rotateScheduleMs: 600_000 }, now }));
  });

  test('closes what is open before the first record behind the boundary', () => {
    const given = { state, now: Date.parse('2026-11-25T10:10:00Z') };
    const outcome = planned([record(2)], { config: { rotateScheduleMs: 600_000 }, ...given });
    expect(filesOf(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
  });

  test('closes nothing before it', () => {
    const given = { state, now: Date.parse('2026-11-25T10:09:59Z') };
    expect(filesOf(planned([], { config: { rotateScheduleMs: 600_000 }, ...given }))).toEqual({});
  });

  test('is not asked when everything is to be closed', () => {
    expect(filesOf(planned([], { state, closeAll: true }))).toEqual({ open: [], closing: ['partition=0/0.avro ×2'] });
  });
});

test('connectless.rotate.bytes closes with the record that brings the file to that size', () => {
  const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(600, offset)) });
  const outcome = planned([large(0), large(1), large(2)], { config: { flushSize: 100, rotateBytes: 1_200 } });
  expect(filesOf(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
});

test('a key that S3 would not take is the record’s fault', () => {
  const outcome = planned(records(0, 1), { config: { topicsDir: 'd'.repeat(1000) } });
  expect(outcome.stopped).toMatchObject({ code: 'KEY_TOO_LONG' });
});

test('a schema that no Avro file may have, as JsonConverter may make one, is the fault of its record alone', () => {
  const envelope = (name: string) => ({
    value: base64(
      JSON.stringify({
        schema: { type: 'struct', fields: [{ field: name, type: 'int32' }] },
        payload: { [name]: 1 },
      }),
    ),
  });
  const outcome = planned([record(0, envelope('ok')), record(1, envelope('not ok')), record(2, envelope('ok'))], {
    config: {
      converters: { ...sampleConfig.converters, value: { kind: 'json', schemas: true } },
      errors: { ...sampleConfig.errors, tolerance: 'all' },
    },
  });
  expect(outcome.faults).toMatchObject([
    { record: { offset: 1 }, stage: 'TASK_PUT', error: { code: 'INVALID_SCHEMA' } },
  ]);
  expect(filesOf(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×1'] });
});

test('a schema without a version cannot be compared, the first one of a file neither', () => {
  const [one] = [sampleSchema(1)].map(({ text: schema }) => dataSchema(schema, { id: 1 }));
  const outcome = planned(records(0, 1), { config: { compatibility: 'BACKWARD' }, known: () => one });
  expect(outcome).toMatchObject({
    stopped: { code: 'SCHEMA_VERSION_REQUIRED' },
  });
});
