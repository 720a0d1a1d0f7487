import { describe, expect, test } from '@jest/globals';
import type { SourceMode } from '../../../src/config/source-model';
import type { SequenceFacts, TableFacts } from '../../../src/preflight/facts';
import { tableFindings } from '../../../src/preflight/table-findings';
import { check, column, sequence, tableFacts } from './sample-facts';

type Settings = Parameters<typeof check>[1];

const findings = (facts: Partial<TableFacts>, settings?: Settings) => tableFindings(check(tableFacts(facts), settings));
/** `severity CODE column`, without which column was chosen. */
const found = (facts: Partial<TableFacts>, settings?: Settings) =>
  findings(facts, settings)
    .filter(({ code }) => code !== 'INCREMENTING_COLUMN')
    .map(({ severity, code, column: of }) => [severity, code, ...(of === undefined ? [] : [of])].join(' '));
const one = (code: string, facts: Partial<TableFacts>, settings?: Settings) =>
  findings(facts, settings).find((finding) => finding.code === code);

const MODES: readonly SourceMode[] = ['bulk', 'incrementing', 'timestamp', 'timestamp+incrementing', 'xid8'];
const XID = column('xid', 'xid8');
const XID_TABLE: Partial<TableFacts> = {
  columns: [column('id'), XID, column('ts', 'timestamptz', { typmod: 3 })],
  defaults: new Map([['xid', 'pg_current_xact_id()']]),
  indexes: [['id'], ['xid', 'id'], ['ts', 'id']],
};

describe('of a table', () => {
  test.each(MODES)('that is as it should be, nothing is said in mode %s', (mode) => {
    expect(found(XID_TABLE, { mode, timestampColumns: mode.startsWith('timestamp') ? ['ts'] : [] })).toEqual([]);
  });

  test('each finding names the table', () => {
    expect(findings({ hidesRows: true }).map(({ table }) => table)).toEqual(['public.t', 'public.t']);
  });

  test.each<[string, Partial<TableFacts>, string, string]>([
    ['no column', { forbidden: ['id'] }, 'may not read it.', 'GRANT SELECT ON "public"."t" TO "reader"'],
    [
      'some columns',
      { columns: [column('id'), column('a'), column('b')], forbidden: ['a', 'b'] },
      'may not read its columns "a", "b".',
      'GRANT SELECT ON "public"."t" TO "reader"',
    ],
    [
      'not its schema',
      { canUseSchema: false, forbidden: ['id'] },
      'may not read it.',
      'GRANT USAGE ON SCHEMA "public" TO "reader"; GRANT SELECT ON "public"."t" TO "reader"',
    ],
  ])('of which the user may read %s, the grant is said', (_, facts, what, write) => {
    const finding = one('TABLE_FORBIDDEN', facts);
    expect(finding?.severity).toBe('error');
    expect(finding?.what).toContain(what);
    expect(finding?.write).toBe(write);
  });

  test.each<[string, Partial<TableFacts>, Settings, string[]]>([
    ['whose rows are hidden by policies', { hidesRows: true }, {}, ['warning ROW_SECURITY']],
    ['that is foreign', { kind: 'f', bytes: 0 }, {}, ['error FOREIGN_TABLE']],
    ['that is foreign and copied whole', { kind: 'f' }, { mode: 'bulk' }, []],
    ['that is a materialized view', { kind: 'm' }, {}, ['error MATERIALIZED_VIEW']],
    ['that is a materialized view and copied whole', { kind: 'm' }, { mode: 'bulk' }, []],
    ['that is a partition', { parent: { schema: 'public', name: 'p' } }, {}, ['note PARTITION']],
    [
      'that is partitioned',
      { kind: 'p', partitions: [{ schema: 'public', name: 'p1' }] },
      {},
      ['note PARTITIONED_TABLE'],
    ],
  ])('%s', (_, facts, settings, expected) => {
    expect(found(facts, settings)).toEqual(expected);
  });

  test('columns that lose the same are one finding, with the property that keeps it', () => {
    const columns = [column('id'), column('a', 'timestamp'), column('b', 'timestamptz'), column('c', 'time')];
    const cut = findings({ columns }).filter(({ code }) => code === 'CUT_OFF');
    expect(cut.map(({ what }) => what)).toEqual([
      'Connect\'s types keep less of "a", "b" than Postgres: not microseconds.',
      'Connect\'s types keep less of "c" than Postgres: not microseconds.',
    ]);
    expect(cut[0]?.write).toContain('timestamp.granularity=micros_long');
    expect(found({ columns }, { types: { ...check(tableFacts()).config.types, exact: true } })).toEqual([]);
  });
});

describe('of an incrementing column', () => {
  test.each<[string, Partial<TableFacts>, Settings, string]>([
    [
      'the only one',
      {},
      {},
      'because it is the only auto-increment column; its ids are drawn from "public"."t_id_seq" (CACHE 1, INCREMENT 1).',
    ],
    [
      'that is named',
      {},
      { incrementingColumn: 'id' },
      'the incrementing column that the configuration names; its ids',
    ],
    [
      'that is named and no serial',
      { columns: [column('n')] },
      { incrementingColumn: 'n' },
      'It is the incrementing column that the configuration names.',
    ],
    [
      'the first of two',
      {
        columns: [column('id'), column('b')],
        autoIncrements: [
          { column: 'id', sequences: [] },
          { column: 'b', sequences: [] },
        ],
      },
      {},
      'because it is the first of several auto-increment columns (id, b).',
    ],
  ])('%s, it is said why', (_, facts, settings, what) => {
    expect(one('INCREMENTING_COLUMN', facts, settings)?.what).toContain(what);
  });

  test.each<[string, Partial<TableFacts>, Settings]>([
    ['there is none', { autoIncrements: [] }, {}],
    ['the named one is not there', {}, { incrementingColumn: 'no' }],
  ])('when %s, its reader says so', (_, facts, settings) => {
    expect(findings(facts, settings)).toEqual([]);
  });

  const drawn = (...sequences: Partial<SequenceFacts>[]) => ({
    autoIncrements: [{ column: 'id', sequences: sequences.map((one) => sequence(one)) }],
  });
  test.each<[string, Partial<TableFacts>, string[]]>([
    ['CACHE', drawn({ cache: 20n }), ['error SEQUENCE_UNSAFE id']],
    ['INCREMENT', drawn({ increment: -1n }), ['error SEQUENCE_UNSAFE id']],
    ['CYCLE', drawn({ isCycled: true }), ['warning SEQUENCE_CYCLES id']],
    ['no right to read', drawn({ canSelect: false }), ['error SEQUENCE_FORBIDDEN id']],
    ['other tables', drawn({ sharedWith: [{ schema: 'public', name: 'u' }] }), ['note SEQUENCE_SHARED id']],
    ['none', drawn(), ['warning SEQUENCE_MISSING id']],
    ['several', drawn({}, { cache: 5n }), ['error SEQUENCE_MISSING id']],
    [
      'a default that makes something else of its numbers',
      { ...drawn(), defaults: new Map([['id', "(nextval('s'::regclass) * 2)"]]) },
      ['warning SEQUENCE_MISSING id'],
    ],
    [
      'such a default, and CACHE',
      { ...drawn({ cache: 20n, increment: 2n }), defaults: new Map([['id', "(nextval('s'::regclass) * 2)"]]) },
      ['warning SEQUENCE_MISSING id', 'error SEQUENCE_UNSAFE id'],
    ],
    ['a default as it should be', { ...drawn({}), defaults: new Map([['id', "nextval('s'::regclass)"]]) }, []],
  ])('its sequence has %s', (_, facts, expected) => {
    expect(found(facts)).toEqual(expected);
    expect(found(facts, { mode: 'bulk' })).toEqual([]);
  });

  test('a sequence that is not safe is told with both ways out', () => {
    expect(one('SEQUENCE_UNSAFE', drawn({ cache: 20n }))?.write).toMatch(
      /^ALTER SEQUENCE "public"."t_id_seq" CACHE 1 INCREMENT 1, .*connectless\.mode=xid8/,
    );
  });
});

describe('of an incrementing column that may be NULL', () => {
  const columns = [column('id', 'int4', { nullable: true })];
  test.each<[string, Partial<TableFacts>, SourceMode, RegExp, RegExp]>([
    [
      'a table',
      { columns },
      'incrementing',
      /is not read\.$/,
      /^ALTER TABLE "public"\."t" ALTER COLUMN "id" SET NOT NULL$/,
    ],
    ['a view', { columns, kind: 'v' }, 'incrementing', /is not read\.$/, /^A view's columns .*WHERE "id" IS NOT NULL/],
    ['a table', { columns }, 'timestamp+incrementing', /stops the table\.$/, /^ALTER TABLE/],
  ])('of %s, what becomes of the row is said, and the cure', (_, facts, mode, what, write) => {
    const settings = { mode, validateNonNull: false, timestampColumns: [] };
    const finding = one('ID_NULLABLE', facts, settings);
    expect(finding).toMatchObject({ severity: 'warning', column: 'id' });
    expect(finding?.what).toMatch(what);
    expect(finding?.write).toMatch(write);
    expect(one('ID_NULLABLE', facts, { ...settings, validateNonNull: true })).toBeUndefined();
    expect(one('ID_NULLABLE', { ...facts, columns: [column('id')] }, settings)).toBeUndefined();
  });
});

describe('of an index', () => {
  test.each<[string, Partial<TableFacts>, Settings, string]>([
    ['on the incrementing column', {}, {}, 'CREATE INDEX CONCURRENTLY ON "public"."t" ("id")'],
    ['of a partitioned table', { kind: 'p' }, {}, 'CREATE INDEX ON "public"."t" ("id")'],
    [
      'on the timestamp',
      { columns: [column('id'), column('ts', 'date')] },
      { mode: 'timestamp', timestampColumns: ['ts'] },
      'CREATE INDEX CONCURRENTLY ON "public"."t" ("ts")',
    ],
    [
      'on timestamp and id',
      { columns: [column('id'), column('ts', 'date')] },
      { mode: 'timestamp+incrementing', timestampColumns: ['ts'] },
      'CREATE INDEX CONCURRENTLY ON "public"."t" ("ts", "id")',
    ],
    ['on transaction and id', XID_TABLE, { mode: 'xid8' }, 'CREATE INDEX CONCURRENTLY ON "public"."t" ("xid", "id")'],
  ])('%s that is missing, the statement is said', (_, facts, settings, write) => {
    const finding = one('INDEX_MISSING', { ...facts, indexes: [['a', 'id']] }, settings);
    expect(finding).toMatchObject({ severity: 'warning', write });
  });

  test('a small table needs none, a view has none', () => {
    expect(found({ indexes: [], bytes: 8192 })).toEqual(['note INDEX_MISSING id']);
    expect(found({ indexes: [], kind: 'v' })).toEqual([]);
  });
});

describe('of timestamp columns', () => {
  const columns = [
    column('id'),
    column('a', 'timestamp', { typmod: 3, nullable: true }),
    column('b', 'timestamp', { typmod: 3 }),
  ];
  test.each<[string, Settings, string[]]>([
    ['that are several', { timestampColumns: ['a', 'b'] }, ['note TIMESTAMP_COLUMNS a, b']],
    [
      'that are nullable',
      { timestampColumns: ['a'], validateNonNull: false },
      ['warning TIMESTAMP_NULLABLE a', 'warning INDEX_MISSING a'],
    ],
    ['of which one is not there', { timestampColumns: ['a', 'c'] }, []],
  ])('%s', (_, settings, expected) => {
    expect(found({ columns }, { mode: 'timestamp', ...settings })).toEqual(expected);
  });
});

describe('of connectless.mode=xid8', () => {
  test('without its column, the statements are said', () => {
    expect(one('XID_COLUMN_MISSING', {}, { mode: 'xid8' })).toMatchObject({
      severity: 'error',
      write: `ALTER TABLE "public"."t" ADD COLUMN "xid" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX CONCURRENTLY ON "public"."t" ("xid", "id");`,
    });
  });

  test.each<[string, Partial<TableFacts>, string[]]>([
    ['two columns', { columns: [...(XID_TABLE.columns ?? []), column('other', 'xid8')] }, ['error XID_COLUMN_SEVERAL']],
    ['no default', { defaults: new Map() }, ['error XID_DEFAULT_MISSING xid']],
    ['another default', { defaults: new Map([['xid', "'0'::xid8"]]) }, ['error XID_DEFAULT_MISSING xid']],
    ['a qualified default', { defaults: new Map([['xid', 'pg_catalog.pg_current_xact_id()']]) }, []],
    [
      'a column that may be NULL',
      { columns: [column('id'), { ...XID, nullable: true }] },
      ['warning XID_NULLABLE xid'],
    ],
    ['a view for a table', { kind: 'v' }, ['error XID_VIEW']],
  ])('with %s', (_, facts, expected) => {
    expect(found({ ...XID_TABLE, ...facts }, { mode: 'xid8' })).toEqual(expected);
  });
});
