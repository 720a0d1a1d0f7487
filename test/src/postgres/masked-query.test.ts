// What a query looks like in a log: nothing of its values, whatever stands around them.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskedQuery } from '../../../src/postgres/masked-query';

test.each([
  [`INSERT INTO t(a) VALUES ('secret', 42, -1.5)`, 'INSERT INTO t(a) VALUES (?, ?, -?)'],
  [`SELECT 'it''s' FROM t1 WHERE a2 = $1`, 'SELECT ? FROM t1 WHERE a2 = $1'],
  ['SELECT $tag$ secret $ $tag$, $$x$$, 1$$y$$', 'SELECT ?, ?, ??'],
  ['SELECT a$b$c FROM t$1', 'SELECT a$b$c FROM t$1'],
  [`UPDATE t SET a = 'cut off in the mid`, 'UPDATE t SET a = ?'],
  ['DO $$ secret, cut off', 'DO ?'],
  [`/* user's page */ UPDATE u SET pw = 'secret'`, 'UPDATE u SET pw = ?'],
  [`UPDATE u SET pw = 'secret' -- don't\n WHERE id = 7`, 'UPDATE u SET pw = ? WHERE id = ?'],
  [`SELECT /* a /* nested one's */ */ 'secret'`, 'SELECT ?'],
  [`SELECT /* 'secret', cut off`, 'SELECT ?'],
  [`UPDATE u SET pw = E'it\\'s secret' WHERE id = 7`, 'UPDATE u SET pw = ? WHERE id = ?'],
  [`SELECT date'2020-01-01', U&'d\\0061t', X'1F', 0x1F, 1_000, 1.5e-3`, 'SELECT date?, U&?, X?, ?, ?, ?-?'],
  [`INSERT INTO "o'neil" VALUES ('secret')`, `INSERT INTO "o'neil" VALUES (?)`],
  [`SELECT "a""'b", 'secret'`, `SELECT "a""'b", ?`],
  [`SELECT 'secret', "cut off`, 'SELECT ?, ?'],
  // With standard_conforming_strings=off the string goes on behind the backslash.
  [`SELECT 'it\\'s secret', a`, 'SELECT ?'],
  ['SELECT\n  a,\n  b', 'SELECT a, b'],
  [`SELECT ${'a'.repeat(200)}`, `SELECT ${'a'.repeat(93)}…`],
])('%s → %s', (query, expected) => {
  expect(maskedQuery(query)).toBe(expected);
});

const SECRET = 'Zq7';
const doubled = (text: string) => text.replaceAll("'", "''");
const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

/** Short, so that it is not the length that hides a value. */
const around = fc.string({
  unit: fc.constantFrom("'", '"', '\\', '$', '*', '/', '-', '\n', ' ', 'e', 'E', '1', 'é'),
  maxLength: 4,
});
const content = fc.tuple(around, around).map(([before, behind]) => before + SECRET + behind);

const anywhere = [
  content.map((text) => ` E'${escaped(text)}'`),
  content.map((text) => ` e'${doubled(text.replaceAll('\\', '\\\\'))}'`),
  content.filter((text) => !`${text}$`.includes('$e$')).map((text) => ` $e$${text}$e$`),
  content.filter((text) => !/\*\/|\/\*/.test(`/${text}*`.slice(1))).map((text) => ` /* ${text} */`),
  content.map((text) => ` --${text.replaceAll('\n', '')}\n`),
  around.map((text) => ` "${text.replaceAll('"', '""')}x"`),
  fc.constantFrom(' E', ' name$1', ' $1', ' 12.5e3', '(', ' /* one /* two */ */', ' date', ',', ' U&'),
];
const session = (literal: (text: string) => string) =>
  fc.array(
    fc.oneof(
      ...anywhere,
      content.map((text) => ` '${literal(text)}'`),
    ),
    { minLength: 1, maxLength: 5 },
  );

test.each([
  ['on', doubled],
  ['off', escaped],
])(
  'no value of a statement is left of it, standard_conforming_strings=%s, even when its end is cut off',
  (_, literal) => {
    fc.assert(
      fc.property(session(literal), fc.nat(30), (parts, cut) => {
        const query = parts.join('');
        expect(maskedQuery(query)).not.toContain(SECRET);
        expect(maskedQuery(query.slice(0, Math.max(0, query.length - cut)))).not.toContain(SECRET);
      }),
      { numRuns: 2000 },
    );
  },
);
