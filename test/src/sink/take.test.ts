import { beforeAll, describe, expect, test } from '@jest/globals';
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import type { SinkConfig } from '../../../src/config/model';
import { dataSchema } from '../../../src/convert/data-schema';
import { ConnectlessError } from '../../../src/errors';
import { bytesIn, type PartitionState } from '../../../src/sink/partition-state';
import { type PlannedState, planRecords } from '../../../src/sink/plan';
import type { SinkRecord } from '../../../src/sink/record';
import { message, record, records, sampleConfig, sampleSource, sampleStateKey } from './sample';
import { JSON_LINES, loadSampleFormats, sampleRules, sampleSchema } from './sample-rules';

beforeAll(loadSampleFormats);

const schemas = new Map([1, 2].map((id) => [id, sampleSchema(id)]));

interface Given {
  readonly state?: PartitionState | undefined;
  readonly now?: number;
  readonly closeAll?: boolean;
}

function plan(given: readonly SinkRecord[], change: Partial<SinkConfig>, { state, now = 0, closeAll }: Given = {}) {
  const known = (id: number | string) =>
    schemas.get(Number(id)) ?? new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);
  const outcome = planRecords({
    source: sampleSource,
    stateKey: sampleStateKey,
    state,
    records: given,
    now,
    rules: sampleRules({ ...sampleConfig, ...change }, known),
    ...(closeAll === undefined ? {} : { closeAll }),
  });
  if ('needs' in outcome) throw new Error(`needs ${JSON.stringify(outcome.needs)}`);
  return outcome;
}

/** File names with their records. */
const files = ({ state }: PlannedState) => ({
  open: state?.open.flatMap(({ streams, records: count }) => streams.map(({ key }) => `${nameOf(key)} ×${count}`)),
  closing: state?.closing.map(({ key, records: count }) => `${nameOf(key)} ×${count}`),
});
const nameOf = (key: string) => key.replace('topics/prices/', '').replaceAll(/prices\+0\+0+(?=\d)/g, '');

const text = (content: string) => Buffer.from(content).toString('base64');
const siblings = { formats: { value: sampleConfig.formats.value, keys: JSON_LINES, headers: JSON_LINES } };
const stringKeys = {
  ...siblings,
  converters: { ...sampleConfig.converters, key: { kind: 'string', encoding: 'UTF8' } },
} as const;
const whole = (offset: number) => record(offset, { key: text(`k${offset}`), headers: [{ h: [118] }] });

describe('null values', () => {
  const given = [record(0), record(1, { value: null }), record(2), record(3)];

  test('stop the partition when behavior.on.null.values is fail, whatever errors.tolerance says', () => {
    const outcome = plan(given, { errors: { ...sampleConfig.errors, tolerance: 'all' } });
    expect(outcome.stopped).toMatchObject({ code: 'NULL_VALUE', retryable: false });
    expect(outcome.state?.last.offset).toBe(0);
    expect(outcome.faults).toEqual([]);
  });

  test('leave no trace when it is ignore, and do not count', () => {
    const outcome = plan(given, { nulls: { ...sampleConfig.nulls, behavior: 'ignore' } });
    expect(files(outcome)).toEqual({ open: [], closing: ['partition=0/0.avro ×3'] });
    expect(outcome.ignored.map(({ offset }) => offset)).toEqual([1]);
    expect(outcome.faults).toEqual([]);
  });

  test('are dead letters then, where there is a topic for these', () => {
    const deadLetters = { topic: 'dead', replicationFactor: 1, contextHeaders: false };
    const config = {
      nulls: { ...sampleConfig.nulls, behavior: 'ignore' as const },
      errors: { ...sampleConfig.errors, tolerance: 'all' as const, deadLetters },
    };
    expect(plan(given, config).faults).toMatchObject([{ record: { offset: 1 }, error: { code: 'NULL_VALUE' } }]);
    const quiet = plan(given, { ...config, nulls: { ...config.nulls, toDeadLetters: false } });
    expect([quiet.faults.length, quiet.ignored.length]).toEqual([0, 1]);
  });

  test('have a file of their keys when it is write, and count', () => {
    const withKeys = [record(0), record(1, { value: null }), record(2)].map((one) => ({ ...one, key: text('k') }));
    const { formats, converters } = stringKeys;
    const config = {
      converters,
      formats: { value: formats.value, keys: formats.keys },
      nulls: { ...sampleConfig.nulls, behavior: 'write' as const },
    };
    expect(files(plan(withKeys, config)).closing).toEqual([
      'partition=0/0.avro ×2',
      'partition=0/0.keys.json ×2',
      'tombstone/1.keys.json ×1',
    ]);
  });
});

describe('errors.tolerance=all', () => {
  const tolerant = { errors: { ...sampleConfig.errors, tolerance: 'all' as const } };
  const broken = record(1, { value: message(1, 'x').slice(0, 8) });

  test('passes over records that cannot be written, which do not count', () => {
    const outcome = plan([record(0), broken, record(2, { schemaId: 9 }), record(3), record(4)], tolerant);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.faults.map(({ record: { offset }, stage, error }) => [offset, stage, error.code])).toEqual([
      [1, 'VALUE_CONVERTER', 'BROKEN_DATUM'],
      [2, 'VALUE_CONVERTER', 'SCHEMA_NOT_FOUND'],
    ]);
    expect(outcome.faults[0]?.error.message).toContain('Topic prices, partition 0, offset 1: ');
    expect(files(outcome).closing).toEqual(['partition=0/0.avro ×3']);
    expect(outcome.state?.last.offset).toBe(4);
  });

  test('writes a state also when all records of a batch were passed over: they do not come again', () => {
    expect(plan([broken], tolerant).state?.last.offset).toBe(1);
  });

  test('does not pass over a record whose schema the registry may have when it answers again', () => {
    const down = new ConnectlessError('REGISTRY_DOWN', 'no answer', { retryable: true });
    const rules = sampleRules({ ...sampleConfig, ...tolerant }, () => down);
    const input = { source: sampleSource, stateKey: sampleStateKey, state: undefined, now: 0, rules };
    expect(planRecords({ ...input, records: records(0, 2) })).toMatchObject({
      stopped: { code: 'REGISTRY_DOWN', retryable: true },
      faults: [],
    });
  });
});

describe('keys and headers', () => {
  test('stand in files beside the values, row for row', () => {
    const outcome = plan([whole(0), whole(1), whole(2), whole(3)], stringKeys);
    expect(files(outcome)).toEqual({
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
    const outcome = plan([whole(0), bad, whole(2)], {
      ...stringKeys,
      errors: { ...sampleConfig.errors, tolerance: 'all' },
    });
    expect(outcome.faults).toMatchObject([{ stage: 'TASK_PUT', error: { code } }]);
    expect(files(outcome).open).toEqual([
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
    ({ state } = plan(records(0, 2), { rotateScheduleMs: 600_000 }, { now }));
  });

  test('closes what is open before the first record behind the boundary', () => {
    const given = { state, now: Date.parse('2026-11-25T10:10:00Z') };
    const outcome = plan([record(2)], { rotateScheduleMs: 600_000 }, given);
    expect(files(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
  });

  test('closes nothing before it', () => {
    const given = { state, now: Date.parse('2026-11-25T10:09:59Z') };
    expect(files(plan([], { rotateScheduleMs: 600_000 }, given))).toEqual({});
  });

  test('is not asked when everything is to be closed', () => {
    expect(files(plan([], {}, { state, closeAll: true }))).toEqual({ open: [], closing: ['partition=0/0.avro ×2'] });
  });
});

describe('a configuration that changes in mid-stream', () => {
  let state: PartitionState | undefined;
  beforeAll(() => {
    ({ state } = plan(records(0, 2), {}));
  });

  test.each([
    [
      'a smaller flush.size closes what has reached it before the next record',
      { flushSize: 1 },
      [],
      ['partition=0/0.avro ×2', 'partition=0/2.avro ×1'],
    ],
    ['a larger one lets the file grow', { flushSize: 5 }, ['partition=0/0.avro ×3'], []],
    [
      'another format closes the files of the old one',
      { formats: { value: JSON_LINES } },
      ['partition=0/2.json ×1'],
      ['partition=0/0.avro ×2'],
    ],
    ['another topics.dir is for new files', { topicsDir: 'other', flushSize: 5 }, ['partition=0/0.avro ×3'], []],
  ])('%s', (_, change, open, closing) => {
    expect(files(plan([record(2)], change, { state }))).toEqual({ open, closing });
  });

  test('a batch behind another format has one new file, not one for each record', () => {
    const outcome = plan([record(2), record(3)], { formats: { value: JSON_LINES } }, { state });
    expect(files(outcome)).toEqual({ open: ['partition=0/2.json ×2'], closing: ['partition=0/0.avro ×2'] });
  });

  test('another registry, which has another schema under the same id, begins a new file', () => {
    const other = sampleSchema(2);
    const moved = dataSchema(other.text, { id: 1 });
    const rules = sampleRules({ ...sampleConfig, flushSize: 10 }, () => moved);
    const outcome = planRecords({
      source: sampleSource,
      stateKey: sampleStateKey,
      state,
      records: [record(2)],
      now: 0,
      rules,
    });
    if ('needs' in outcome) throw new Error('needs');
    expect(files(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
  });

  test('versions that are compared from now on begin new files: none of a record’s makes it a dead letter', () => {
    const [unversioned, versioned] = [dataSchema(sampleSchema(1).text, { id: 1 }), sampleSchema(2)];
    const known = (id: number | string) => (id === 1 ? unversioned : versioned);
    const input = { source: sampleSource, stateKey: sampleStateKey, now: 0 };
    const before = planRecords({
      ...input,
      state: undefined,
      records: records(0, 2),
      rules: sampleRules(sampleConfig, known),
    });
    if ('needs' in before) throw new Error('needs');
    const rules = sampleRules({ ...sampleConfig, compatibility: 'BACKWARD' }, known);
    const after = planRecords({ ...input, state: before.state, records: [record(2, { schemaId: 2 })], rules });
    if ('needs' in after) throw new Error('needs');
    expect(files(after)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
    expect([after.faults, after.stopped]).toEqual([[], undefined]);
  });

  test('keys that are stored from now on begin in new files', () => {
    expect(files(plan([{ ...whole(2) }], stringKeys, { state }))).toEqual({
      open: ['partition=0/2.avro ×1', 'partition=0/2.keys.json ×1', 'partition=0/2.headers.json ×1'],
      closing: ['partition=0/0.avro ×2'],
    });
  });
});

test('what is in no part yet is bounded, over all files of the partition', () => {
  const MIB = 1024 * 1024;
  const rules = sampleRules(
    { ...sampleConfig, flushSize: 1_000, partitioner: { kind: 'field', fields: ['text'] } },
    () =>
      dataSchema(
        '{"type":"record","name":"R","fields":[{"name":"text","type":"string"},{"name":"more","type":"bytes"}]}',
        { id: 1 },
      ),
  );
  let [state, now]: [PartitionState | undefined, number] = [undefined, 0];
  let most = 0;
  for (let offset = 0; offset < 60; offset += 1) {
    const name = `k${offset % 20}`;
    const datum = Buffer.concat([longBytes(name.length), Buffer.from(name), longBytes(MIB), Buffer.alloc(MIB)]);
    const value = Buffer.concat([wireHeader(1), datum]).toString('base64');
    const outcome = planRecords({
      source: sampleSource,
      stateKey: sampleStateKey,
      state,
      records: [record(offset, { value })],
      now,
      rules,
    });
    if ('needs' in outcome || outcome.state === undefined) throw new Error('nothing was planned');
    state = { ...outcome.state, closing: [] };
    most = Math.max(
      most,
      outcome.state.open
        .flatMap(({ streams }) => streams)
        .reduce((sum, { tail, block }) => sum + bytesIn(tail) + block.datums.length, 0),
    );
    now += 1;
  }
  expect(most).toBeGreaterThan(16 * MIB);
  expect(most).toBeLessThan(38 * MIB);
});

test('connectless.rotate.bytes closes with the record that brings the file to that size', () => {
  const large = (offset: number) => record(offset, { value: message(1, Buffer.alloc(600, offset)) });
  const outcome = plan([large(0), large(1), large(2)], { flushSize: 100, rotateBytes: 1_200 });
  expect(files(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
});

test('a key that S3 would not take is the record’s fault', () => {
  const outcome = plan(records(0, 1), { topicsDir: 'd'.repeat(1000) });
  expect(outcome.stopped).toMatchObject({ code: 'KEY_TOO_LONG' });
});

test('a schema that no Avro file may have, as JsonConverter may make one, is the fault of its record alone', () => {
  const envelope = (name: string) => ({
    value: text(
      JSON.stringify({
        schema: { type: 'struct', fields: [{ field: name, type: 'int32' }] },
        payload: { [name]: 1 },
      }),
    ),
  });
  const outcome = plan([record(0, envelope('ok')), record(1, envelope('not ok')), record(2, envelope('ok'))], {
    converters: { ...sampleConfig.converters, value: { kind: 'json', schemas: true } },
    errors: { ...sampleConfig.errors, tolerance: 'all' },
  });
  expect(outcome.faults).toMatchObject([
    { record: { offset: 1 }, stage: 'TASK_PUT', error: { code: 'INVALID_SCHEMA' } },
  ]);
  expect(files(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×1'] });
});

test('a schema without a version cannot be compared, the first one of a file neither', () => {
  const [one] = [sampleSchema(1)].map(({ text: schema }) => dataSchema(schema, { id: 1 }));
  const rules = sampleRules({ ...sampleConfig, compatibility: 'BACKWARD' }, () => one);
  const input = { source: sampleSource, stateKey: sampleStateKey, state: undefined, now: 0, rules };
  expect(planRecords({ ...input, records: records(0, 1) })).toMatchObject({
    stopped: { code: 'SCHEMA_VERSION_REQUIRED' },
  });
});
