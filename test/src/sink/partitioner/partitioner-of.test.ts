import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../../../local/servers/parts';
import { readWireHeader, WIRE_HEADER_BYTES } from '../../../../src/avro/wire';
import type { PartitionerConfig } from '../../../../src/config/sink-model';
import { dataSchema } from '../../../../src/convert/data-schema';
import { ConnectlessError } from '../../../../src/errors';
import { partitionerOf } from '../../../../src/sink/partitioner/partitioner-of';
import { NO_VALUE, recordOf } from './sample';

interface Recorded {
  readonly records: Readonly<
    Record<string, ReadonlyArray<{ offset: number; partition: number; ts: number; value: string }>>
  >;
  readonly schemas: Readonly<Record<string, { readonly schema: string }>>;
  readonly result: { readonly files: Readonly<Record<string, unknown>> };
}

const HOURLY: PartitionerConfig = {
  kind: 'time',
  durationMs: 3_600_000,
  pathFormat: "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH",
  locale: 'en-US',
  timeZone: 'UTC',
  extractor: { kind: 'record' },
};

/** The directory of each record, or the code of its error. */
function directories({ records, schemas }: Recorded, config: PartitionerConfig): Map<string, string> {
  const place = partitionerOf(config);
  const places = Object.values(records)
    .flat()
    .map(({ offset, partition, ts, value }): [string, string] => {
      const bytes = Buffer.from(value, 'hex');
      const schema = dataSchema(schemas[String(readWireHeader(bytes))]?.schema ?? '');
      const data = { schema, bytes, start: WIRE_HEADER_BYTES, end: bytes.length };
      const found = place({ partition, offset, timestamp: ts, value: data }, 0);
      return [`${partition}+${offset}`, found instanceof ConnectlessError ? found.code : found.directory];
    });
  return new Map(places);
}

function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/golden/sink', `${name}.json`), 'utf8'));
}

describe("Confluent's files lie where the partitioner puts their first records", () => {
  const field = (name: string): PartitionerConfig => ({ kind: 'field', fields: [name] });
  const timeField = (name: string): PartitionerConfig => ({ ...HOURLY, extractor: { kind: 'field', field: name } });
  test.each<[string, PartitionerConfig]>([
    ['flush1', { kind: 'default' }],
    ['field_int', field('i')],
    ['field_string', field('str')],
    ['field_null', field('str')],
    ['field_nested_null_parent', field('n.f')],
    ['hourly', HOURLY],
    ['daily', { ...HOURLY, durationMs: 86_400_000, pathFormat: "'year'=YYYY/'month'=MM/'day'=dd" }],
    ['time_flush3', HOURLY],
    ['time_ny', { ...HOURLY, timeZone: 'America/New_York' }],
    ['time_recordfield_string', timeField('str')],
  ])('%s', (name, config) => {
    const given = recorded(name);
    const ours = directories(given, config);
    const files = Object.keys(given.result.files).map((key) =>
      /^[^/]+\/[^/]+\/(.*)\/[^+]+\+(\d+\+\d+)\.avro$/.exec(key),
    );
    const theirs = files.map((match) => [match?.[2]?.replace(/\+0*(?=\d)/, '+'), match?.[1]]);
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.map(([start]) => [start, ours.get(String(start))])).toEqual(theirs);
  });

  test.each<[string, PartitionerConfig, string]>([
    ['field_bytes', field('by'), 'PARTITION_FIELD_TYPE'],
    ['field_double', field('d'), 'PARTITION_FIELD_TYPE'],
    ['field_timestamp', field('ts'), 'PARTITION_FIELD_TYPE'],
    ['field_missing', field('nope'), 'PARTITION_FIELD_MISSING'],
    ['time_recordfield_missing', timeField('nope'), 'TIMESTAMP_FIELD_MISSING'],
  ])('%s, where Confluent fails, is an error of the record', (name, config, code) => {
    expect([...directories(recorded(name), config).values()]).toEqual([code]);
  });
});

describe('the default partitioner', () => {
  test('has one place for each partition', () => {
    const place = partitionerOf({ kind: 'default' });
    const first = place(recordOf(NO_VALUE), 0);
    expect(first).toEqual({ directory: 'partition=3' });
    expect(place({ ...recordOf(NO_VALUE), offset: 9 }, 1)).toBe(first);
    expect(place({ ...recordOf(NO_VALUE), partition: 0 }, 1)).toEqual({ directory: 'partition=0' });
  });
});

describe('fields', () => {
  test('are separated by directory.delim', () => {
    const value = { schema: undefined, bytes: Buffer.from('{"a":"x|y","b":"/"}'), start: 0, end: 19 };
    const record = recordOf(value);
    expect(partitionerOf({ kind: 'field', fields: ['a', 'b'] }, '|')(record, 0)).toEqual({
      directory: 'a=x%7Cy|b=%2F',
    });
  });
});
