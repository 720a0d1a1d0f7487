import { expect, test } from '@jest/globals';
import { nullableAsBefore } from '../../../src/source/nullable-before';
import type { Column } from '../../../src/source/record/column';

const column = (name: string, nullable: boolean): Column => ({
  name,
  declared: 'integer',
  type: 'int4',
  isEnum: false,
  typmod: -1,
  nullable,
});
const LATEST = JSON.stringify({
  type: 'record',
  name: 't',
  fields: [
    { name: 'id', type: 'int' },
    { name: 'a', type: ['null', 'int'], default: null },
    { name: 'either', type: ['int', 'string'] },
  ],
});

test('a column that has become NOT NULL stays nullable, and no other becomes so', () => {
  const columns = [column('id', false), column('a', false), column('b', true), column('either', false)];
  expect(nullableAsBefore(columns, LATEST)).toEqual([
    column('id', false),
    column('a', true),
    column('b', true),
    column('either', false),
  ]);
});

test.each([
  ['were as they are', [column('id', false), column('a', true)], LATEST],
  ['are new', [column('b', false), column('id', true)], LATEST],
  ['had no record', [column('a', false)], '"int"'],
])('columns that %s are left as they are', (_, columns, latest) => {
  expect(nullableAsBefore(columns, latest)).toBeUndefined();
});
