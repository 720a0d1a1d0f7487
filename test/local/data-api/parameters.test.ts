import { describe, expect, test } from '@jest/globals';
import { bind } from '../../../local/data-api/bind';
import { parseParameters } from '../../../local/data-api/parameters';

const names = (sql: string) => parseParameters(sql).names;

describe('a parameter', () => {
  test.each([
    ['SELECT :a', ['a']],
    ['SELECT :a::text, b::int', ['a']],
    ['SELECT :a_1+:B', ['a_1', 'B']],
    ['SELECT :a, :a', ['a', 'a']],
    ['a[1:2]', []],
    ['SELECT 1', []],
  ])('is found in %s', (sql, expected) => expect(names(sql)).toEqual(expected));

  test.each([
    ["a string ':x'", "SELECT ':x', :y"],
    ["a string with a quote doubled ''", "SELECT 'it'':x', :y"],
    ['a string that ends with a backslash', String.raw`SELECT '\', :y`],
    ['a string with escapes', String.raw`SELECT E'\':x', :y`],
    ['a string with escapes, and a quote doubled', String.raw`SELECT e'''\\:x', :y`],
    ['an identifier', 'SELECT ":x"":z", :y'],
    ['a comment to the end of the line', "SELECT -- it's :x\n:y"],
    ['a comment', "SELECT /* it's :x */ :y"],
    ['a comment in a comment', 'SELECT /* /* :x */ :z */ :y'],
    ['dollar quotes', "SELECT $$ it's :x $$, :y"],
    ['dollar quotes with a tag', 'SELECT $a$ :x $b$ $$ :z $a$, :y'],
    ['a name with dollars', 'SELECT a$b$, :y, c$b$'],
    ['a name that ends with e', "SELECT type'\\', :y"],
  ])('is not looked for in %s', (_, sql) => expect(names(sql)).toEqual(['y']));
});

test('of a statement that is not finished nothing is passed over twice', () => {
  expect(names("SELECT :a, 'open :b")).toEqual(['a', 'b']);
  expect(names('SELECT :a /* open :b')).toEqual(['a']);
});

describe('several statements in one text', () => {
  test.each(['SELECT 1; SELECT 2', "SELECT 1; ; 'x'", 'SELECT 1; /* x */ SELECT 2'])('are refused: %s', (sql) => {
    expect(() => parseParameters(sql)).toThrow("Multistatements aren't supported");
  });
  test.each(['SELECT 1;', 'SELECT 1; ;\n-- done', "SELECT ';'", 'SELECT 1; /* ; */'])('are not %s', (sql) => {
    expect(names(sql)).toEqual([]);
  });
});

describe('binding', () => {
  test('gives one place to a name that stands twice', () => {
    const parameters = [
      { name: 'id', value: { longValue: 7 } },
      { name: 'item', value: { stringValue: 'laptop' } },
    ];
    expect(bind('SELECT :id WHERE a = :item OR b = :id', parameters)).toEqual({
      text: 'SELECT $1::pg_catalog.int8 WHERE a = $2::pg_catalog.varchar OR b = $1::pg_catalog.int8',
      values: ['7', 'laptop'],
    });
  });

  test('refuses a name that has no value', () => {
    expect(() => bind('SELECT :id', [])).toThrow('Cannot find parameter: id');
  });

  test.each([
    ['DATE', '2026-11-25', '25.11.2026'],
    ['DECIMAL', '-1.50', '1,50'],
    ['TIME', '12:30:00.5', '12:30'],
    ['TIMESTAMP', '2026-11-25 12:30:00', '2026-11-25T12:30:00Z'],
    ['UUID', '01234567-89ab-cdef-0123-456789abcdef', '0123'],
  ] as const)('takes a %s of its own form alone', (typeHint, right, wrong) => {
    const bound = (stringValue: string) => bind('SELECT :a', [{ name: 'a', value: { stringValue }, typeHint }]);
    expect(bound(right).values).toEqual([right]);
    expect(() => bound(wrong)).toThrow(`not of the form of a ${typeHint}`);
  });

  test('refuses an array', () => {
    const value = { arrayValue: { longValues: [1] } };
    expect(() => bind('SELECT :a', [{ name: 'a', value }])).toThrow('array parameters are not supported');
  });
});
