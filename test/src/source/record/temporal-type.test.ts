import { describe, expect, test } from '@jest/globals';
import type { TypesConfig } from '../../../../src/config/source-model';
import { avroOutput } from '../../../../src/source/record/avro-output';
import { rowWriter } from '../../../../src/source/record/row';
import { tableSchema } from '../../../../src/source/record/table-schema';
import { decodeExactly } from '../../../fixtures/golden/source/read';
import { sourceConfig } from '../../../source-config';
import { column } from './columns';

const { types: connectTypes } = sourceConfig;

const table = { schema: 'public', name: 't' };

function written(type: string, text: string, change: Partial<TypesConfig>): readonly [type: unknown, value: unknown] {
  const types = { ...connectTypes, ...change };
  const columns = [column('v', type)];
  const schema = tableSchema(table, columns, { types });
  const out = avroOutput();
  rowWriter(table, columns, types, undefined)(out, [text]);
  return [JSON.parse(schema).fields[0].type, decodeExactly(schema, out.bytes.subarray(0, out.end)).v];
}

describe('timestamp.granularity', () => {
  const texts = [
    '2024-01-01 00:00:00.123456',
    'infinity',
    '-infinity',
    '0001-01-01 00:00:00',
    '1969-12-31 23:59:59.999999',
    '294276-12-31 23:59:59.999999',
    '0044-03-15 10:00:00 BC',
  ];

  // Recorded are all but the last four of micros_long, nanos_string and nanos_iso_datetime_string.
  test.each<[TypesConfig['timestampGranularity'], string, readonly string[]]>([
    [
      'micros_long',
      'long',
      [
        '1704067200123456',
        '9223372036854775807',
        '-9223372036854775808',
        '-62135769600000000',
        '-1',
        '9223372036854775807',
        '-63517960800000000',
      ],
    ],
    [
      'micros_string',
      'string',
      [
        '1704067200123456',
        '9223372036854775807',
        '-9223372036854775808',
        '-62135769600000000',
        '-1',
        '9223372036854775807',
        '-63517960800000000',
      ],
    ],
    [
      'nanos_long',
      'long',
      [
        '1704067200123456000',
        '9223372036854775807',
        '-9223372036854775808',
        '-9223372036854775808',
        '-1000',
        '9223372036854775807',
        '-9223372036854775808',
      ],
    ],
    [
      'nanos_string',
      'string',
      [
        '1704067200123456000',
        '9223372036825200000000000',
        '-9223372036832400000000000',
        '-62135769600000000000',
        '-1000',
        '9224318015999999999000',
        '-63517960800000000000',
      ],
    ],
    [
      'micros_iso_datetime_string',
      'string',
      [
        '2024-01-01T00:00:00.123456',
        '+292278994-08-16T23:00:00.000000',
        '+292275056-05-16T23:00:00.000000',
        '0001-12-30T00:00:00.000000',
        '1969-12-31T23:59:59.999999',
        '+294276-12-31T23:59:59.999999',
        '0044-03-13T10:00:00.000000',
      ],
    ],
    [
      'nanos_iso_datetime_string',
      'string',
      [
        '2024-01-01T00:00:00.123456000',
        '+292278994-08-16T23:00:00.000000000',
        '+292275056-05-16T23:00:00.000000000',
        '0001-12-30T00:00:00.000000000',
        '1969-12-31T23:59:59.999999000',
        '+294276-12-31T23:59:59.999999000',
        '0044-03-13T10:00:00.000000000',
      ],
    ],
  ])('%s is a plain %s', (timestampGranularity, type, values) => {
    for (const zoned of [false, true]) {
      const seen = texts.map((text) => {
        const withOffset = /infinity/.test(text) ? text : text.replace(/( BC)?$/, '+00$1');
        return written(zoned ? 'timestamptz' : 'timestamp', zoned ? withOffset : text, { timestampGranularity });
      });
      expect(seen).toEqual(values.map((value) => [type, value]));
    }
  });

  test('says nothing of dates and times', () => {
    const change = { timestampGranularity: 'nanos_string' } as const;
    expect(written('date', '2024-02-29', change)).toEqual(written('date', '2024-02-29', {}));
    expect(written('time', '12:34:56.789', change)).toEqual(written('time', '12:34:56.789', {}));
  });
});

describe('db.timezone', () => {
  const value = (type: string, text: string, timeZone: string) => written(type, text, { timeZone })[1];

  test('is the clock of timestamp and time, not of timestamptz, timetz and date', () => {
    expect(value('timestamp', '2020-04-01 12:34:56', 'America/New_York')).toBe(
      String(Date.UTC(2020, 3, 1, 16, 34, 56)),
    );
    expect(value('timestamptz', '2020-04-01 12:34:56+00', 'America/New_York')).toBe(
      String(Date.UTC(2020, 3, 1, 12, 34, 56)),
    );
    expect(value('date', '2020-04-01', 'America/New_York')).toBe(String(Date.UTC(2020, 3, 1) / 86_400_000));
    expect(value('time', '12:34:56', 'Europe/Berlin')).toBe(String(Date.UTC(1970, 0, 1, 11, 34, 56)));
    expect(value('timetz', '12:34:56+02', 'Europe/Berlin')).toBe(String(Date.UTC(1970, 0, 1, 10, 34, 56)));
  });

  test('a time that is on another day in UTC is the time of day there, where Connect dies of it', () => {
    expect(value('time', '00:30:00', 'Europe/Berlin')).toBe('84600000');
    expect(value('time', '20:00:00', 'America/New_York')).toBe('3600000');
    // Connect takes the whole day, its end included.
    expect(value('time', '19:00:00', 'America/New_York')).toBe('86400000');
    expect(value('timetz', '24:00:00+00', 'UTC')).toBe('86400000');
  });

  test('infinity is nobody’s local time', () => {
    expect(value('timestamp', 'infinity', 'America/New_York')).toBe('9223372036825200000');
  });

  test('iso strings are the local time again, except what the clocks have skipped', () => {
    const iso = (text: string) =>
      written('timestamp', text, { timeZone: 'Europe/Berlin', timestampGranularity: 'micros_iso_datetime_string' })[1];
    expect(iso('2024-07-01 12:00:00.5')).toBe('2024-07-01T12:00:00.500000');
    expect(iso('2024-03-31 02:30:00')).toBe('2024-03-31T03:30:00.000000');
  });
});

describe('a text with an offset other than UTC’s', () => {
  test.each([
    ['timestamptz', '2024-02-29 12:34:56.789+05:30', String(Date.UTC(2024, 1, 29, 7, 4, 56, 789))],
    ['timestamptz', '1890-01-01 00:53:28+00:53:28', String(Date.UTC(1890, 0, 1))],
    ['timestamptz', '0044-03-15 08:00:00-02 BC', '-63517960800000'],
  ])('%s %s is an instant all the same', (type, text, expected) => {
    expect(written(type, text, {})[1]).toBe(expected);
  });
});
