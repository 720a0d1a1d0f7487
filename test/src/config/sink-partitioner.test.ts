// In which directories a sink puts its records.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, validate, WORKER } from './files';

const PACKAGE = 'io.confluent.connect.storage.partitioner';
const TIME = {
  'partitioner.class': `${PACKAGE}.TimeBasedPartitioner`,
  'partition.duration.ms': '3600000',
  'path.format': "'year'=YYYY/'month'=MM",
  locale: 'en-US',
  timezone: 'America/New_York',
};
const DAILY = { 'partitioner.class': `${PACKAGE}.DailyPartitioner`, locale: 'de', timezone: 'UTC' };
const HOURLY = { ...DAILY, 'partitioner.class': `${PACKAGE}.HourlyPartitioner` };
const FIELD = { 'partitioner.class': `${PACKAGE}.FieldPartitioner` };

describe('a partitioner', () => {
  test.each<[Properties, object]>([
    [{}, { kind: 'default' }],
    [{ 'partitioner.class': `${PACKAGE}.DefaultPartitioner`, 'partition.field.name': 'a' }, { kind: 'default' }],
    [
      { ...FIELD, 'partition.field.name': 'country, address.city' },
      { kind: 'field', fields: ['country', 'address.city'] },
    ],
    [
      TIME,
      {
        kind: 'time',
        durationMs: 3600000,
        pathFormat: "'year'=YYYY/'month'=MM",
        locale: 'en-US',
        timeZone: 'America/New_York',
        extractor: { kind: 'wallclock' },
      },
    ],
    [{ ...TIME, 'path.format': 'YYYY/MM/' }, expect.objectContaining({ pathFormat: 'YYYY/MM' })],
    [
      DAILY,
      {
        kind: 'time',
        durationMs: 86400000,
        pathFormat: "'year'=YYYY/'month'=MM/'day'=dd",
        locale: 'de',
        timeZone: 'UTC',
        extractor: { kind: 'wallclock' },
      },
    ],
    [
      { ...DAILY, 'directory.delim': '|', 'path.format': 'YY', 'partition.duration.ms': '5' },
      expect.objectContaining({ durationMs: 86400000, pathFormat: "'year'=YYYY|'month'=MM|'day'=dd" }),
    ],
    [HOURLY, expect.objectContaining({ durationMs: 3600000, pathFormat: "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH" })],
    [{ ...HOURLY, locale: 'en_GB' }, expect.objectContaining({ locale: 'en-GB' })],
  ])('%j says what is configured', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors[0]).toHaveProperty('partitioner', expected);
  });

  test.each<[Properties, object]>([
    [{ 'timestamp.extractor': 'Wallclock' }, { kind: 'wallclock' }],
    [{ 'timestamp.extractor': 'Record' }, { kind: 'record' }],
    [{ 'timestamp.extractor': `${PACKAGE}.TimeBasedPartitioner$RecordTimestampExtractor` }, { kind: 'record' }],
    [{ 'timestamp.extractor': `${PACKAGE}.TimeBasedPartitioner$WallclockTimestampExtractor` }, { kind: 'wallclock' }],
    [{ 'timestamp.extractor': 'RecordField' }, { kind: 'field', field: 'timestamp' }],
    [
      { 'timestamp.extractor': 'RecordField', 'timestamp.field': 'meta.at' },
      { kind: 'field', field: 'meta.at' },
    ],
  ])('by time takes its time as %j says', (properties, extractor) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...HOURLY, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([{ partitioner: { extractor } }]);
  });

  const lacks = (property: string, name: string, write: string) =>
    expect.stringMatching(
      new RegExp(`^c0(:\\d+)?: ${property}: is missing, and the ${name} asks for it; write ${property}=${write}$`),
    );
  const path = "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH";
  test.each<[Properties, unknown[]]>([
    [FIELD, [lacks('partition.field.name', 'FieldPartitioner', 'the name of a field')]],
    [
      { ...FIELD, 'partition.field.name': '' },
      [lacks('partition.field.name', 'FieldPartitioner', 'the name of a field')],
    ],
    [
      { 'partitioner.class': `${PACKAGE}.TimeBasedPartitioner` },
      [
        lacks('partition.duration.ms', 'TimeBasedPartitioner', '3600000'),
        lacks('path.format', 'TimeBasedPartitioner', path),
        lacks('locale', 'TimeBasedPartitioner', 'en-US'),
        lacks('timezone', 'TimeBasedPartitioner', 'UTC'),
      ],
    ],
    [{ ...TIME, 'partition.duration.ms': '-1' }, [lacks('partition.duration.ms', 'TimeBasedPartitioner', '3600000')]],
    [{ ...TIME, 'path.format': '/' }, [lacks('path.format', 'TimeBasedPartitioner', path)]],
    [{ ...DAILY, timezone: undefined }, [lacks('timezone', 'DailyPartitioner', 'UTC')]],
    [{ ...HOURLY, locale: undefined }, [lacks('locale', 'HourlyPartitioner', 'en-US')]],
  ])('%j lacks what Confluent asks for', (properties, lines) =>
    expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual(lines),
  );

  test.each<[Properties, RegExp]>([
    [
      { 'partitioner.class': 'DailyPartitioner' },
      /partitioner\.class: "DailyPartitioner" is not the full name of the class; write io\.confluent\.connect\.storage\.partitioner\.DailyPartitioner$/,
    ],
    [
      { 'partitioner.class': 'com.acme.DailyPartitioner' },
      /"com\.acme\.DailyPartitioner" is not supported \(partitioners of your own are classes of Java\); write /,
    ],
    [{ ...FIELD, 'partition.field.name': 'a,,b' }, /partition\.field\.name: "a,,b" lacks a value; /],
    [
      { ...TIME, 'path.format': 'yyyy/foo' },
      /path\.format: "yyyy\/foo" has the letter f, which no pattern of Joda's has; /,
    ],
    [{ ...TIME, locale: '-' }, /locale: "-" is no language tag; write for example en-US$/],
    [{ ...TIME, timezone: 'Mars/Olympus' }, /timezone: "Mars\/Olympus" is no time zone; /],
    [
      { ...TIME, 'timestamp.extractor': 'com.acme.MyExtractor' },
      /"com\.acme\.MyExtractor" is not supported \(extractors of your own are classes of Java\); write Wallclock or Record or RecordField$/,
    ],
    [
      { ...TIME, 'partition.field.format.path': 'false' },
      /partition\.field\.format\.path: is not supported: a directory is always named field=value; delete the line$/,
    ],
    [
      { 's3.schema.partition.affix.type': 'SUFFIX' },
      /s3\.schema\.partition\.affix\.type: is not supported: the name of the schema is no part of a file's key yet; /,
    ],
  ])('%j is reported', (properties, line) =>
    expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([expect.stringMatching(line)]),
  );
});

test('a delimiter of directories is nothing that values are escaped with', () => {
  expect(faultsOf(WORKER, { ...SINK, 'directory.delim': '%2F' })).toEqual([
    expect.stringContaining('directory.delim: "%2F" holds a %'),
  ]);
});
