import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../../src/registry/compatibility';
import type { CompatibilityLevel } from '../../../src/registry/compatibility-level';
import { incompatibleError } from '../../../src/registry/incompatible';

const record = (...fields: string[]) => `{"type":"record","name":"t","fields":[${fields.join(',')}]}`;
const column = (name: string, type: string) => `{"name":"${name}","type":${type}}`;
const nullable = (name: string, type: string) => `{"name":"${name}","type":["null",${type}],"default":null}`;
const ID = column('id', '"int"');
const SHORT = '{"type":"int","connect.type":"int16"}';
const DATE = '{"type":"int","logicalType":"date"}';
const DECIMAL = '{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}';

function told(level: CompatibilityLevel, before: string, after: string): string[] {
  const refused = refusal(level, 't-value', after, [{ version: 3, schema: before }]);
  if (refused === undefined) throw new Error('it is not refused');
  const error = incompatibleError(refused, after, 'theirs');
  expect(error).toMatchObject({ code: 'SCHEMA_INCOMPATIBLE', retryable: false, cause: { message: 'theirs' } });
  return error.message.split('\n');
}

describe('a refused schema', () => {
  test('is told with subject, level, version, column, rule and the ways out', () => {
    expect(told('BACKWARD', record(ID), record(ID, column('b', '"int"')))).toEqual([
      'The schema registry refuses the new schema of t-value, whose compatibility is BACKWARD. Against version 3:',
      `- column "b" is new and NOT NULL: there is no value for it in the rows of before, and Connect's schemas keep no column's DEFAULT (READER_FIELD_MISSING_DEFAULT_VALUE)`,
      'Ways out:',
      '- let it be nullable: ALTER COLUMN "b" DROP NOT NULL',
      '- let the registry take it: PUT /config/t-value {"compatibility": "FORWARD"}',
    ]);
  });

  test.each<[CompatibilityLevel, string, string, string, string]>([
    [
      'BACKWARD',
      nullable('a', '"int"'),
      column('a', '"int"'),
      'column "a" is NOT NULL now and was nullable (TYPE_MISMATCH)',
      'ALTER COLUMN "a" DROP NOT NULL',
    ],
    [
      'FORWARD',
      column('a', '"int"'),
      nullable('a', '"int"'),
      'column "a" is nullable now and was NOT NULL (TYPE_MISMATCH)',
      'ALTER COLUMN "a" SET NOT NULL',
    ],
    [
      'BACKWARD',
      nullable('a', SHORT),
      nullable('a', '"string"'),
      'column "a" was int16, nullable and is string, nullable now (MISSING_UNION_BRANCH)',
      'leave column "a" as it was, and add a nullable column of the new type',
    ],
    [
      'BACKWARD',
      column('a', DECIMAL),
      column('a', DATE),
      'column "a" was decimal(10,2) and is date now (TYPE_MISMATCH)',
      'leave column "a" as it was, and add a nullable column of the new type',
    ],
    [
      'FORWARD',
      column('a', '"int"'),
      ID,
      'column "a", which was NOT NULL, is gone: who reads with the schema of before must have a value for it (READER_FIELD_MISSING_DEFAULT_VALUE)',
      'keep column "a", or under another name add it once more',
    ],
  ])('%s: from %s to %s', (level, before, after, line, cure) => {
    const lines = told(level, record(before), record(after));
    expect(lines[1]).toBe(`- ${line}`);
    expect(lines[3]).toBe(`- ${cure}`);
  });

  test('of another record names both', () => {
    const lines = told('BACKWARD', record(ID), record(ID).replace('"t"', '"u"'));
    expect(lines).toContain('- its record was named t and is u now (NAME_MISMATCH)');
    expect(lines).toContain('- keep the name: connectless.table.<table>.record.name=t');
  });

  test('of a key that is no record names both types', () => {
    expect(told('BACKWARD', '"int"', '"string"')[1]).toBe('- it was int and is string now (TYPE_MISMATCH)');
  });

  test.each<[CompatibilityLevel, string, string, string]>([
    ['FORWARD', record(ID, column('b', '"int"')), record(ID), 'BACKWARD'],
    ['BACKWARD', column('a', '"int"'), column('a', '"string"'), 'NONE'],
    ['BACKWARD_TRANSITIVE', record(ID), record(ID, column('b', '"int"')), 'NONE'],
  ])('%s may be registered with another level', (level, before, after, other) => {
    const schema = (text: string) => (text.includes('record') ? text : record(text));
    const last = told(level, schema(before), schema(after)).at(-1);
    expect(last).toBe(`- let the registry take it: PUT /config/t-value {"compatibility": "${other}"}`);
  });
});
