import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readContainer } from '../../../src/avro/container';
import { wireHeader } from '../../../src/avro/wire';
import type { SinkConfig } from '../../../src/config/sink-model';
import type { KnownSchemas } from '../../../src/convert/data';
import { ConnectlessError } from '../../../src/errors';
import type { PartitionState } from '../../../src/sink/partition-state';
import { type PlannedState, planRecords } from '../../../src/sink/plan';
import type { SinkRecord } from '../../../src/sink/record';
import { datum, message, record, records, sampleConfig, sampleSource, sampleStateKey } from './sample';
import { planned } from './sample-plan';
import { loadSampleFormats, sampleRules, sampleSchema } from './sample-rules';

const plan = (
  given: readonly SinkRecord[],
  state?: PartitionState,
  config: Partial<SinkConfig> = {},
  known?: KnownSchemas,
): PlannedState => planned(given, { state, config, now: 1_000_000, ...(known === undefined ? {} : { known }) });

const summary = ({ state }: PlannedState) => ({
  open: state?.open.map(({ startOffset, records: count }) => [startOffset, count]),
  closing: state?.closing.map(({ startOffset }) => startOffset),
});

beforeAll(loadSampleFormats);

describe('rotation', () => {
  test.each([
    ['flush.size closes behind the record that fills the file', records(0, 7), [[6, 1]], [0, 3]],
    [
      'a file is named after the first offset in it, gaps or not',
      [5, 9, 20, 30].map((at) => record(at)),
      [[30, 1]],
      [5],
    ],
    [
      'another schema closes before its record',
      [record(0), record(1, { schemaId: 2 }), record(2, { schemaId: 1 })],
      [[2, 1]],
      [0, 1],
    ],
    ['fewer records than flush.size stay open', records(0, 2), [[0, 2]], []],
    ['no record changes nothing', [], undefined, undefined],
  ])('%s', (_, given, open, closing) => {
    expect(summary(plan(given))).toEqual({ open, closing });
  });

  test('a file as large as an upload can be is closed', () => {
    const { state } = plan(records(0, 1));
    if (state === undefined) throw new Error('no state');
    const upload = { id: 'u', etags: Array(9_999).fill('e') };
    const open = state.open.map((file) => ({
      ...file,
      streams: file.streams.map((stream) => ({ ...stream, upload })),
    }));
    expect(summary(plan(records(1, 2), { ...state, open })).closing).toEqual([0]);
  });
});

describe('a record that cannot be written', () => {
  const value = (bytes: Buffer) => bytes.toString('base64');
  test.each([
    ['a null value', 'NULL_VALUE', null, 'its value is null'],
    ['an absent value', 'NULL_VALUE', undefined, 'its value is null'],
    ['an empty value', 'NO_WIRE_FORMAT', '', 'wire format'],
    ['a value without the magic byte', 'NO_WIRE_FORMAT', value(Buffer.from('{"id":1}')), 'wire format'],
    ['a value shorter than the header', 'NO_WIRE_FORMAT', value(Buffer.from([0, 0, 0])), 'wire format'],
    ['a schema that nobody knows', 'SCHEMA_NOT_FOUND', message(9, 'x'), 'no schema 9'],
    [
      'a truncated datum',
      'BROKEN_DATUM',
      value(Buffer.concat([wireHeader(1), datum('text').subarray(0, 3)])),
      'truncated',
    ],
    [
      'bytes behind the datum',
      'BROKEN_DATUM',
      value(Buffer.concat([wireHeader(1), datum('text'), Buffer.from('!!')])),
      '2 bytes are left',
    ],
    ['a value that is no base64', 'EVENT_NOT_BASE64', `${message(1, 'text').slice(0, -4)}?bc=`, 'not base64'],
  ])('%s stops the partition behind the records before it', (_, code, bad, says) => {
    const outcome = plan([
      record(0),
      record(1),
      { offset: 2, timestamp: 5, ...(bad === undefined ? {} : { value: bad }) },
      record(3),
    ]);
    expect(summary(outcome)).toEqual({ open: [[0, 2]], closing: [] });
    expect(outcome.state?.last).toEqual({ offset: 1, timestamp: 1001 });
    expect(outcome.stopped).toMatchObject({ code, retryable: false });
    expect(outcome.stopped?.message).toMatch(/^Topic prices, partition 0, offset 2: /);
    expect(outcome.stopped?.message).toContain(says);
    expect(plan(records(2, 4), outcome.state).stopped).toBeUndefined();
  });

  test('a registry that does not answer stops it for now', () => {
    const lost = new ConnectlessError('REGISTRY_DOWN', 'no answer', { retryable: true });
    expect(plan(records(0, 1), undefined, {}, () => lost).stopped).toMatchObject({
      code: 'REGISTRY_DOWN',
      retryable: true,
    });
  });

  test('a schema that nobody has asked for yet is asked for before anything is decided', () => {
    const rules = sampleRules(sampleConfig, () => undefined);
    const input = { source: sampleSource, stateKey: sampleStateKey, state: undefined, now: 0, rules };
    expect(planRecords({ ...input, records: records(0, 2) })).toEqual({
      needs: { kind: 'schema', side: 'value', id: 1 },
    });
  });
});

describe('a record that was taken before', () => {
  let state: PartitionState | undefined;
  beforeAll(() => {
    ({ state } = plan(records(10, 14)));
  });

  test('is dropped', () => {
    expect(plan(records(10, 14), state)).toEqual({ parts: [], faults: [], ignored: [] });
    expect(summary(plan(records(12, 16), state))).toEqual({ open: [[16 - 3 + 0, 3]].slice(1), closing: [10, 13] });
  });

  test.each([
    ['the last one with another timestamp', record(13, { timestamp: 7 }), 'another record was taken at this offset'],
    ['the first one with another timestamp', record(10, { timestamp: 7 }), 'another record was taken at this offset'],
    ['an offset below the first one', record(9), 'the first record that was ever taken is at offset 10'],
  ])('but %s is from another topic of that name, and nothing is dropped', (_, other, says) => {
    const outcome = plan([other, ...records(14, 16)], state);
    expect(outcome.state).toBeUndefined();
    expect(outcome.stopped).toMatchObject({ code: 'TOPIC_RECREATED' });
    expect(outcome.stopped?.message).toContain(says);
    expect(outcome.stopped?.message).toContain(`delete the state object "${sampleStateKey}"`);
  });
});

const digest = (chunks: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(chunks)).digest('hex');

/** All bytes of every file, whatever was uploaded already. */
function collect(batches: readonly (readonly SinkRecord[])[], config: Partial<SinkConfig>) {
  const files = new Map<string, Buffer[]>();
  let state: PartitionState | undefined;
  for (const batch of batches) {
    const outcome = plan(batch, state, config);
    for (const { file, bodies } of outcome.parts) {
      for (const body of bodies) expect(body.length).toBe(config.partSize);
      files.set(file.key, [...(files.get(file.key) ?? []), ...bodies]);
    }
    state = outcome.state ?? state;
    for (const file of state?.closing ?? []) files.set(file.key, [...(files.get(file.key) ?? []), ...file.tail]);
    if (state !== undefined) state = { ...state, closing: [] };
  }
  const open = state?.open.map(({ streams, records: count }) => [
    streams.map(({ tail, block }) => [digest([...tail, block.datums]), block.records]),
    count,
  ]);
  return { files, digests: Object.fromEntries([...files].map(([key, chunks]) => [key, digest(chunks)])), open };
}

describe('the bytes of the files', () => {
  const log = fc.array(fc.tuple(fc.nat(30_000), fc.constantFrom(1, 1, 1, 2)), { minLength: 1, maxLength: 12 });

  test('do not depend on how the log is cut into batches', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(12)), fc.constantFrom(1, 4, 100), (sizes, cuts, flushSize) => {
        const all = sizes.map(([size, schemaId], offset) =>
          record(offset, { value: message(schemaId, Buffer.alloc(size, offset)) }),
        );
        const config = { flushSize, partSize: 40_000 };
        const edges = [...new Set([0, ...cuts, all.length])].sort((one, other) => one - other);
        const batches = edges.map((edge, index) => all.slice(edge, edges[index + 1]));
        const one = collect([all], config);
        const several = collect(batches, config);
        expect(several.digests).toEqual(one.digests);
        expect(several.open).toEqual(one.open);
      }),
      { numRuns: 60 },
    );
  });

  test('are those of the records, in blocks of 64 KiB', () => {
    const all = Array.from({ length: 100 }, (_, offset) =>
      record(offset, { value: message(1, Buffer.alloc(2_000, offset)) }),
    );
    const [file] = collect([all], { flushSize: 100, partSize: 40_000 }).files;
    const container = readContainer(Buffer.concat(file?.[1] ?? []));
    const blocks = [...container.blocks];
    expect(container.schema).toBe(sampleSchema(1).text);
    expect(Object.fromEntries([...container.metadata].map(([key, value]) => [key, value.toString()]))).toMatchObject({
      'avro.codec': 'null',
      'connectless.topic': 'prices',
      'connectless.partition': '0',
      'connectless.offset': '0',
      'connectless.schema.id': '1',
    });
    expect(blocks.map(({ count }) => count)).toEqual([33, 33, 33, 1]);
    expect(
      Buffer.concat(blocks.map(({ data }) => data)).equals(
        Buffer.concat(Array.from({ length: 100 }, (_, offset) => datum(Buffer.alloc(2_000, offset)))),
      ),
    ).toBe(true);
  });
});
