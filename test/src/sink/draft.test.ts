import { beforeAll, describe, expect, test } from '@jest/globals';
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import { dataSchema } from '../../../src/convert/data-schema';
import { bytesIn, type PartitionState } from '../../../src/sink/partition-state';
import { record, records } from './sample';
import { filesOf, planned, stringKeys, whole } from './sample-plan';
import { JSON_LINES, loadSampleFormats, sampleSchema } from './sample-rules';

beforeAll(loadSampleFormats);

describe('a configuration that changes in mid-stream', () => {
  let state: PartitionState | undefined;
  beforeAll(() => {
    ({ state } = planned(records(0, 2)));
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
    expect(filesOf(planned([record(2)], { config: change, state }))).toEqual({ open, closing });
  });

  test('a batch behind another format has one new file, not one for each record', () => {
    const outcome = planned([record(2), record(3)], { config: { formats: { value: JSON_LINES } }, state });
    expect(filesOf(outcome)).toEqual({ open: ['partition=0/2.json ×2'], closing: ['partition=0/0.avro ×2'] });
  });

  test('another registry, which has another schema under the same id, begins a new file', () => {
    const other = sampleSchema(2);
    const moved = dataSchema(other.text, { id: 1 });
    const outcome = planned([record(2)], { config: { flushSize: 10 }, state, known: () => moved });
    expect(filesOf(outcome)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
  });

  test('versions that are compared from now on begin new files: none of a record’s makes it a dead letter', () => {
    const [unversioned, versioned] = [dataSchema(sampleSchema(1).text, { id: 1 }), sampleSchema(2)];
    const known = (id: number | string) => (id === 1 ? unversioned : versioned);
    const before = planned(records(0, 2), { known });
    const given = { config: { compatibility: 'BACKWARD' }, state: before.state, known } as const;
    const after = planned([record(2, { schemaId: 2 })], given);
    expect(filesOf(after)).toEqual({ open: ['partition=0/2.avro ×1'], closing: ['partition=0/0.avro ×2'] });
    expect([after.faults, after.stopped]).toEqual([[], undefined]);
  });

  test('keys that are stored from now on begin in new files', () => {
    expect(filesOf(planned([{ ...whole(2) }], { config: stringKeys, state }))).toEqual({
      open: ['partition=0/2.avro ×1', 'partition=0/2.keys.json ×1', 'partition=0/2.headers.json ×1'],
      closing: ['partition=0/0.avro ×2'],
    });
  });
});

test('what is in no part yet is bounded, over all files of the partition', () => {
  const MIB = 1024 * 1024;
  const config = { flushSize: 1_000, partitioner: { kind: 'field', fields: ['text'] } } as const;
  const fields = '[{"name":"text","type":"string"},{"name":"more","type":"bytes"}]';
  const schema = dataSchema(`{"type":"record","name":"R","fields":${fields}}`, { id: 1 });
  let [state, now]: [PartitionState | undefined, number] = [undefined, 0];
  let most = 0;
  for (let offset = 0; offset < 60; offset += 1) {
    const name = `k${offset % 20}`;
    const datum = Buffer.concat([longBytes(name.length), Buffer.from(name), longBytes(MIB), Buffer.alloc(MIB)]);
    const value = Buffer.concat([wireHeader(1), datum]).toString('base64');
    const outcome = planned([record(offset, { value })], { config, state, now, known: () => schema });
    if (outcome.state === undefined) throw new Error('nothing was planned');
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
