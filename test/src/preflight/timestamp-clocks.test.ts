import { describe, expect, test } from '@jest/globals';
import type { TableFacts } from '../../../src/preflight/facts';
import { timestampFindings } from '../../../src/preflight/timestamp-findings';
import { check, column, tableFacts } from './sample-facts';

type Settings = Parameters<typeof check>[1];

const types = (timeZone: string) => ({ ...check(tableFacts()).config.types, timeZone });
const found = (type: string, facts: Partial<TableFacts> = {}, settings: Settings = {}, typmod = -1) => {
  const columns = [column('ts', type, { typmod })];
  const table = tableFacts({ columns, indexes: [['ts']], autoIncrements: [], ...facts });
  const findings = timestampFindings(check(table, { mode: 'timestamp', timestampColumns: ['ts'], ...settings }));
  return findings.map(({ severity, code }) => `${severity} ${code}`);
};
const by = (text: string) => ({ defaults: new Map([['ts', text]]) });

describe('a default of a timestamp column', () => {
  test.each<[string, string, number]>([
    ['now()', 'timestamptz', -1],
    ['CURRENT_TIMESTAMP', 'timestamp', 0],
    ['CURRENT_TIMESTAMP(3)', 'timestamptz', 3],
    ['LOCALTIMESTAMP', 'timestamp', -1],
    ["timezone('utc'::text, now())", 'timestamp', -1],
    ["(now() AT TIME ZONE 'utc'::text)", 'timestamp', -1],
    ['(now())::timestamp without time zone', 'timestamp', -1],
    ['CURRENT_DATE', 'date', -1],
    ['now()', 'date', -1],
    ['NULL::timestamp without time zone', 'timestamp', -1],
  ])('%s of a %s is no earlier than the transaction', (text, type, typmod) => {
    expect(found(type, by(text), {}, typmod)).toEqual([]);
  });

  test.each<[string, string, number]>([
    ['CURRENT_TIMESTAMP(0)', 'timestamptz', -1],
    ['LOCALTIMESTAMP(3)', 'timestamp', 6],
    ["date_trunc('second'::text, now())", 'timestamptz', -1],
    ["(now() - '01:00:00'::interval)", 'timestamptz', -1],
    ["'2000-01-01 00:00:00'::timestamp without time zone", 'timestamp', -1],
    ['CURRENT_DATE', 'timestamp', -1],
  ])('%s of a %s may be', (text, type, typmod) => {
    expect(found(type, by(text), {}, typmod)).toEqual(['warning TIMESTAMP_DEFAULT']);
  });
});

describe('a column without a time zone', () => {
  test.each<[string, string, readonly string[], string, readonly string[]]>([
    ['that is written in db.timezone', 'timestamp', ['Etc/UTC', 'GMT'], 'UTC', []],
    ['that may be written in another zone', 'timestamp', ['UTC', 'Asia/Tokyo'], 'UTC', ['warning TIMESTAMP_ZONE']],
    ['of days', 'date', ['Asia/Tokyo'], 'UTC', ['warning TIMESTAMP_ZONE']],
    [
      'that may be written in a zone that only Postgres knows',
      'timestamp',
      ['<-03>+3'],
      'UTC',
      ['warning TIMESTAMP_ZONE'],
    ],
    ['that may be written in a zone with a summer', 'timestamp', ['Europe/Paris'], 'UTC', ['warning TIMESTAMP_ZONE']],
    ['where the clock is set back', 'timestamp', ['Europe/Paris'], 'Europe/Berlin', ['warning TIMESTAMP_SET_BACK']],
    ['that has one after all', 'timestamptz', ['Asia/Tokyo'], 'Europe/Berlin', []],
  ])('%s', (_, type, timeZones, timeZone, expected) => {
    expect(found(type, { timeZones }, { types: types(timeZone) })).toEqual(expected);
  });

  test('whose default says its zone is held to that one', () => {
    const facts = { ...by("timezone('utc'::text, now())"), timeZones: ['Asia/Tokyo'] };
    expect(found('timestamp', facts)).toEqual([]);
    expect(found('timestamp', facts, { types: types('Asia/Tokyo') })).toEqual(['warning TIMESTAMP_ZONE']);
  });
});

test('rows that logical replication brings are late: an error without a delay', () => {
  expect(found('timestamptz', { isSubscribed: true })).toEqual(['error TABLE_SUBSCRIBED']);
  expect(found('timestamptz', { isSubscribed: true }, { timestampDelayMs: 60_000 })).toEqual([
    'warning TABLE_SUBSCRIBED',
  ]);
});
