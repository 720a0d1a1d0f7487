// Which table a name means, and which of several offsets counts.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planChanges } from '../../../src/source/connect-offsets-plan';
import { resolveTable } from '../../../src/source/connect-offsets-tables';

const table = (schema: string, name: string) => ({ schema, name });
const tables = [
  table('public', 'prices'),
  table('public', 'a.b'),
  table('sales', 'orders'),
  table('one', 'twice'),
  table('two', 'twice'),
  table('shop', 'public.prices'),
  table('public', 'q"t'),
];
const database = 'shopdb';
const found = (name: string) => resolveTable(name, { database, tables });
const alone = (name: string) => resolveTable(name, { database });
const problem = (text: string, stale = false) => ({ problem: expect.stringContaining(text), stale });

describe('a table in Connect’s offsets', () => {
  test.each([
    ['prices', 'public.prices'],
    ['public.prices', 'public.prices'],
    ['shopdb.public.prices', 'public.prices'],
    ['"public"."prices"', 'public.prices'],
    ['"shopdb"."public"."prices"', 'public.prices'],
    ['"prices"', 'public.prices'],
    ['public."prices"', 'public.prices'],
    ['a.b', 'public.a.b'],
    ['public.a.b', 'public.a.b'],
    ['"public"."a.b"', 'public.a.b'],
    ['shop.public.prices', 'shop.public.prices'],
    ['public.q"t', 'public.q"t'],
    ['"public"."q""t"', 'public.q"t'],
    ['two.twice', 'two.twice'],
  ])('is found in the database: %s is %s', (name, expected) => {
    expect(found(name)).toEqual({ table: expected, isKnown: true });
  });

  test.each([
    ['twice', problem('may be one.twice or two.twice: write "schema"."table"')],
    ['nothing', problem('the database has no table "nothing"', true)],
    ['olddb.public.prices', problem('of another database than the connector\'s: write "public.prices"')],
  ])('is refused: %s', (name, expected) => {
    expect(found(name)).toEqual(expected);
  });

  test('may not be there yet', () => {
    expect(found('public.later')).toEqual({ table: 'public.later', isKnown: false });
  });

  test.each([
    ['public.prices', 'public.prices'],
    ['shopdb.public.prices', 'public.prices'],
    ['"public"."prices"', 'public.prices'],
    ['"public"."a.b"', 'public.a.b'],
    ['shopdb.twice', 'shopdb.twice'],
  ])('needs no database when its name says everything: %s', (name, expected) => {
    expect(alone(name)).toEqual({ table: expected, isKnown: true });
  });

  test.each([
    ['prices', problem('has no schema, and the database could not be asked')],
    ['"prices"', problem('has no schema')],
    ['olddb.public.prices', problem("does not begin with the connector's database, shopdb")],
  ])('is refused without the database: %s', (name, expected) => {
    expect(alone(name)).toEqual(expected);
  });

  test('is found by its own name in quotes, whatever that is', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('"'));
    const quoted = (part: string) => `"${part}"`;
    fc.assert(
      fc.property(name, name, name, (schema, one, other) => {
        const known = { database, tables: [table(schema, one), table(`${schema}2`, other)] };
        const expected = { table: `${schema}.${one}`, isKnown: true };
        expect(resolveTable([schema, one].map(quoted).join('.'), known)).toEqual(expected);
        expect(resolveTable([database, schema, one].map(quoted).join('.'), known)).toEqual(expected);
      }),
    );
  });
});

describe('changes', () => {
  const at = (name: string, incrementing?: bigint) => ({
    partition: { table: name },
    ...(incrementing === undefined ? {} : { position: { incrementing } }),
  });
  const known = { database, tables };
  const incrementing = { mode: 'incrementing' } as const;

  test('are one for each table: of several offsets under different names the furthest counts, with a note', () => {
    const offsets = [
      at('shopdb.public.prices', 400n),
      at('public.prices', 1000n),
      at('prices', 7n),
      at('sales.orders', 1n),
    ];
    const { changes, notes } = planChanges(offsets, known, incrementing, false);
    expect(changes).toEqual([
      { table: 'public.prices', position: { incrementing: 1000n } },
      { table: 'sales.orders', position: { incrementing: 1n } },
    ]);
    expect(notes).toEqual([expect.stringContaining('public.prices has 3 offsets, {"incrementing":400} and')]);
  });

  test('compare as the mode reads', () => {
    const both = [
      { partition: { table: 'prices' }, position: { timestamp: 5n, incrementing: 1n } },
      { partition: { table: 'public.prices' }, position: { timestamp: 4n, incrementing: 9n } },
    ];
    const furthest = (mode: 'incrementing' | 'timestamp' | 'timestamp+incrementing') =>
      planChanges(both, known, { mode }, false).changes[0]?.position.incrementing;
    expect([furthest('incrementing'), furthest('timestamp'), furthest('timestamp+incrementing')]).toEqual([9n, 1n, 1n]);
  });

  test('to nothing are a reset', () => {
    expect(planChanges([at('public.prices')], known, incrementing, false).changes).toEqual([
      { table: 'public.prices', position: {} },
    ]);
  });

  test('of a table that is not there are made, with a note', () => {
    const { changes, notes } = planChanges([at('public.later', 1n)], known, incrementing, false);
    expect(changes).toHaveLength(1);
    expect(notes).toEqual(['The database has no table public.later now: its offset waits for it.']);
  });

  test('leave out what an import has no use for, and say so', () => {
    const offsets = [at('dropped', 1n), { partition: { query: 'query' }, position: {} }, at('public.prices', 2n)];
    const { changes, notes } = planChanges(offsets, known, incrementing, true);
    expect(changes).toEqual([{ table: 'public.prices', position: { incrementing: 2n } }]);
    expect(notes).toEqual([
      expect.stringContaining('Left out: the database has no table "dropped"'),
      expect.stringContaining("a query's, but the connector reads tables"),
    ]);
  });

  test('are refused with all that is wrong, by an import only where a table may be meant', () => {
    const offsets = [at('dropped', 1n), at('twice', 2n)];
    const refused = (isImport: boolean) => () => planChanges(offsets, known, incrementing, isImport);
    expect(refused(false)).toThrow(/"dropped".*\n.*"twice" may be/);
    expect(refused(true)).toThrow(/^The offsets cannot be used: "twice" may be[^\n]*$/);
  });

  test('of a query are those of its partition alone', () => {
    const query = { mode: 'incrementing', query: 'SELECT 1' } as const;
    const offset = { partition: { query: 'query' }, position: { incrementing: 2n } };
    expect(planChanges([offset], { database }, query, false)).toEqual({
      changes: [{ table: 'query', position: { incrementing: 2n } }],
      notes: [],
    });
    expect(() => planChanges([at('public.prices', 1n)], { database }, query, false)).toThrow('{"query":"query"}');
  });
});
