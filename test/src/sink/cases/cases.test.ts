// The fifteen cases of the reference on Kafka Connect's S3 sink, by number.
import { describe, expect, test } from '@jest/globals';
import type { SinkRecord } from '../../../../src/sink/record';
import type { Properties } from '../../config/files';
import { avroValue, caseSink } from './case-sink';

const SCHEMAS = {
  1: '{"type":"record","name":"P","fields":[{"name":"id","type":"int"},{"name":"text","type":"string"}]}',
  2: '{"type":"record","name":"P","fields":[{"name":"id","type":"int"},{"name":"text","type":"string"},{"name":"x","type":"int","default":9}]}',
};
const NO_PADDING = { 'filename.offset.zero.pad.width': '1' };
const PARTITIONER = 'io.confluent.connect.storage.partitioner';
const JSON_VALUES = {
  'format.class': 'io.confluent.connect.s3.format.json.JsonFormat',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'true',
};
const TOLERANT = {
  'errors.tolerance': 'all',
  'errors.deadletterqueue.topic.name': 'dead',
  'errors.deadletterqueue.topic.replication.factor': '1',
};

/** Of the first schema; `id` is the offset. */
function record(offset: number, more: Partial<SinkRecord> = {}): SinkRecord {
  return {
    offset,
    timestamp: 1_000,
    value: more.value === undefined ? avroValue(SCHEMAS, 1, { id: offset, text: 'x' }) : null,
    ...more,
  };
}

function records(from: number, until: number): SinkRecord[] {
  return Array.from({ length: until - from }, (_, index) => record(from + index));
}

const sink = (properties: Properties = {}, schemas: Readonly<Record<number, string>> = SCHEMAS) =>
  caseSink({ ...NO_PADDING, ...properties }, schemas);

test('1. ten records, flush 3, pad 2: three files, the tenth record open', async () => {
  const { put, bucket } = sink({ 'filename.offset.zero.pad.width': '2' });
  await put(records(0, 10));
  expect([...bucket.objects.keys()]).toEqual(
    ['00', '03', '06'].map((offset) => `topics/out-prices/partition=0/out-prices+0+${offset}.avro`),
  );
});

test('2. without topics.dir keys begin with the topic', async () => {
  const { put, bucket } = sink({ 'topics.dir': '' });
  await put(records(0, 3));
  expect([...bucket.objects.keys()]).toEqual(['out-prices/partition=0/out-prices+0+0.avro']);
});

test('3. nine records, flush 10: no file', async () => {
  const { put, files } = sink({ 'flush.size': '10' });
  await put(records(0, 9));
  expect(files()).toEqual([]);
});

test('4. by a field that cycles through three values, flush 9: three files of three records, twice', async () => {
  const { put, files } = sink({
    'flush.size': '9',
    'partitioner.class': `${PARTITIONER}.FieldPartitioner`,
    'partition.field.name': 'id',
  });
  const values = Array.from({ length: 18 }, (_, offset) => avroValue(SCHEMAS, 1, { id: 16 + (offset % 3), text: 'x' }));
  await put(values.map((value, offset) => record(offset, { value })));
  expect(files()).toEqual(['id=16@0(3)', 'id=17@1(3)', 'id=18@2(3)', 'id=16@9(3)', 'id=17@10(3)', 'id=18@11(3)']);
});

const HOURLY = {
  'flush.size': '1000',
  'partitioner.class': `${PARTITIONER}.HourlyPartitioner`,
  'timestamp.extractor': 'Record',
  locale: 'en-US',
  timezone: 'UTC',
};
const day = Date.parse('2024-02-29T00:00:00Z');
const hour = (hours: number) => `year=2024/month=02/day=29/hour=${hours}`;
const at = (clock: string) => day + Date.parse(`1970-01-01T${clock}Z`);

test('5. hourly, rotated every minute of record time: six files, the last three records open', async () => {
  const { put, files } = sink({ ...HOURLY, 'rotate.interval.ms': '60000' });
  const times = Array.from({ length: 18 }, (_, n) => at(n < 9 ? '10:00:00' : '12:03:00') + 20_000 * (n % 9));
  await put(times.map((timestamp, offset) => record(offset, { timestamp })));
  expect(files()).toEqual([0, 3, 6, 9, 12].map((offset) => `${hour(offset < 9 ? 10 : 12)}@${offset}(3)`));
});

describe('6. times that go to and fro, rotated every 10 minutes', () => {
  const times = ['10:00:00', '09:58:00', '10:09:00', '09:55:00', '10:10:00'];

  test.each([
    ['false', ['10@0(2)', '09@1(2)']],
    ['true', ['10@0(1)', '09@1(1)', '10@2(1)', '09@3(1)']],
  ])('rotate.file.on.partition.change=%s', async (change, expected) => {
    const { put, files } = sink({
      ...HOURLY,
      'rotate.interval.ms': '600000',
      'rotate.file.on.partition.change': change,
    });
    await put(times.map((time, offset) => record(offset, { timestamp: at(time) })));
    expect(files()).toEqual(expected.map((file) => `year=2024/month=02/day=29/hour=${file}`));
  });
});

test('7. every 10 minutes of the wall clock, on an idle topic, too', async () => {
  const { put, files, flushAt } = sink({
    'flush.size': '1000',
    'rotate.schedule.interval.ms': '600000',
    timezone: 'UTC',
  });
  const start = day + 5_000;
  await flushAt(start);
  await put(records(0, 3));
  await flushAt(start + 60_000);
  expect(files()).toEqual([]);
  await flushAt(start + 11 * 60_000);
  expect(files()).toEqual(['partition=0@0(3)']);
  await put(records(3, 6));
  await flushAt(start + 22 * 60_000);
  expect(files()).toEqual(['partition=0@0(3)', 'partition=0@3(3)']);
});

test('8. a record without a schema stands in a file of its own', async () => {
  const { put, files } = sink(JSON_VALUES);
  const schema = { type: 'struct', optional: false, fields: [{ field: 'id', type: 'int32', optional: false }] };
  const value = (id: number) => JSON.stringify({ schema: id === 9 ? null : schema, payload: { id } });
  await put(
    Array.from({ length: 11 }, (_, offset) => record(offset, { value: Buffer.from(value(offset)).toString('base64') })),
  );
  expect(files()).toEqual(['partition=0@0(3)', 'partition=0@3(3)', 'partition=0@6(3)', 'partition=0@9(1)']);
});

test('9. bad records are passed over where errors are tolerated, and files hold good ones alone', async () => {
  const { put, files, letters } = sink(TOLERANT);
  const bad = Buffer.from('not Avro').toString('base64');
  await put(
    Array.from({ length: 11 }, (_, offset) => record(offset, offset === 2 || offset === 3 ? { value: bad } : {})),
  );
  expect(files()).toEqual(['partition=0@0(3)', 'partition=0@5(3)', 'partition=0@8(3)']);
  expect(letters).toHaveLength(2);
});

test("10. a stranger's file is in the way: named, kept, and nothing is lost or twice when it is gone", async () => {
  const { put, files, bucket } = sink();
  const key = 'topics/out-prices/partition=0/out-prices+0+0.avro';
  bucket.overwrite(key, Buffer.from('stale'));
  await expect(put(records(0, 7))).rejects.toThrow(key);
  expect(bucket.objects.get(key)?.toString()).toBe('stale');
  bucket.remove(key);
  await put(records(0, 7));
  expect(files()).toEqual(['partition=0@0(3)', 'partition=0@3(3)']);
});

test('11. 11,000 records, flush 10,000: one file of several parts', async () => {
  const { put, files, bucket } = sink({ 'flush.size': '10000' });
  const value = avroValue(SCHEMAS, 1, { id: 1, text: 'x'.repeat(1_200) });
  const all = Array.from({ length: 11_000 }, (_, offset) => record(offset, { value }));
  await put(all, 0, 1_500);
  expect(files()).toEqual(['partition=0@0(10000)']);
  const [file] = bucket.objects.values();
  expect(file?.length).toBeGreaterThan(2 * 5_242_880);
});

test('12. two partitions that begin at offset 9', async () => {
  const { put, files } = sink();
  await put(records(9, 16), 0);
  await put(records(9, 16), 1);
  expect(files()).toEqual(['partition=0@9(3)', 'partition=1@9(3)', 'partition=0@12(3)', 'partition=1@12(3)']);
});

describe('13. two versions of a schema, alternating, flush 2', () => {
  const value = (id: number, version: 1 | 2) => avroValue(SCHEMAS, version, { id, text: 'x', x: id });

  test.each<[string, number, string[]]>([
    ['NONE', 0, ['0(1)', '1(1)', '2(1)', '3(1)', '4(1)', '5(1)']],
    ['BACKWARD', 0, ['0(1)', '1(2)', '3(2)', '5(2)']],
    ['FULL', 0, ['0(1)', '1(2)', '3(2)', '5(2)']],
    ['FORWARD', 1, ['1(1)', '2(2)', '4(2)', '6(2)']],
  ])('%s from offset %i', async (mode, first, expected) => {
    const { put, files } = sink({ 'flush.size': '2', 'schema.compatibility': mode });
    const offsets = Array.from({ length: 7 }, (_, index) => first + index);
    await put(offsets.map((offset) => record(offset, { value: value(offset, offset % 2 === 0 ? 1 : 2) })));
    expect(files()).toEqual(expected.map((file) => `partition=0@${file}`));
  });
});

test('14. ignored null values leave no trace, and a name is the first offset in the file', async () => {
  const { put, files, letters } = sink({ ...TOLERANT, 'behavior.on.null.values': 'ignore' });
  await put(
    Array.from({ length: 9 }, (_, offset) => record(offset, offset === 3 || offset === 4 ? { value: null } : {})),
  );
  expect(files()).toEqual(['partition=0@0(3)', 'partition=0@5(3)']);
  expect(letters).toHaveLength(2);
});

describe('15. an enum with a symbol more, and a doc', () => {
  const field = (doc: string, symbols: string[]) => ({
    name: 'n',
    type: { type: 'record', name: 'N', fields: [{ name: 'e', doc, type: { type: 'enum', name: 'E', symbols } }] },
  });
  const schema = (doc: string, ...symbols: string[]) =>
    JSON.stringify({ type: 'record', name: 'R', fields: [field(doc, symbols)] });
  const files15 = async (mode: string, schemas: Readonly<Record<number, string>>) => {
    // The older version comes second: versions alone do not change the file.
    const older = mode === 'FORWARD' ? [1, 1, 2] : [2, 2, 1];
    const { put, files } = sink({ 'schema.compatibility': mode, 'flush.size': '4' }, schemas);
    const values = [...older, older.at(-1) ?? 0].map((id) => avroValue(schemas, id, { n: { e: 'A' } }));
    await put(values.map((value, offset) => record(offset, { value })));
    return files();
  };

  test.each(['BACKWARD', 'FORWARD', 'FULL'])('%s', async (mode) => {
    const [file, record_] = mode === 'FORWARD' ? [1, 2] : [2, 1];
    const more = { [file]: schema('d', 'A'), [record_]: schema('d', 'A', 'B') };
    expect(await files15(mode, more)).toEqual(['partition=0@0(2)']);
    expect(await files15(mode, { 1: schema('old', 'A'), 2: schema('new', 'A') })).toEqual(['partition=0@0(4)']);
  });
});
