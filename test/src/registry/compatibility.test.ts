import { describe, expect, test } from '@jest/globals';
import { confluentMessage, refusal } from '../../../src/registry/compatibility';
import type { CompatibilityLevel } from '../../../src/registry/compatibility-level';

const record = (...fields: string[]) =>
  `{"type":"record","name":"t","fields":[${fields.join(',')}],"connect.name":"t"}`;
const ID = '{"name":"id","type":"int"}';
const A = '{"name":"a","type":["null","int"],"default":null}';
const B = '{"name":"b","type":"int"}';
const versions = (...schemas: string[]) => schemas.map((schema, index) => ({ version: index + 1, schema }));

/** Which version it is at odds with; undefined: it may be registered. */
const against = (level: CompatibilityLevel, schema: string, ...before: string[]) =>
  refusal(level, 's', schema, versions(...before))?.version.version;

describe('a compatibility level', () => {
  test.each<[CompatibilityLevel, number | undefined, number | undefined]>([
    ['NONE', undefined, undefined],
    ['BACKWARD', 1, undefined],
    ['BACKWARD_TRANSITIVE', 1, undefined],
    ['FORWARD', undefined, 1],
    ['FORWARD_TRANSITIVE', undefined, 1],
    ['FULL', 1, 1],
    ['FULL_TRANSITIVE', 1, 1],
  ])('%s compares a new column that is NOT NULL, and one that is gone', (level, added, gone) => {
    expect(against(level, record(ID, B), record(ID))).toBe(added);
    expect(against(level, record(ID), record(ID, B))).toBe(gone);
  });

  test.each<[CompatibilityLevel, number | undefined]>([
    ['BACKWARD', undefined],
    ['FULL', undefined],
    ['BACKWARD_TRANSITIVE', 1],
    ['FULL_TRANSITIVE', 1],
  ])('%s compares with the last version, transitive with all', (level, version) => {
    const long = '{"name":"id","type":"long"}';
    // FULL refuses a type that is widened, so the last version differs by an optional column alone.
    expect(against(level, record(long, A), record('{"name":"id","type":"string"}'), record(long))).toBe(version);
  });

  test('that is transitive names the newest version that the schema is at odds with', () => {
    expect(against('BACKWARD_TRANSITIVE', record(ID, B), record(ID), record(ID, A), record(ID, B))).toBe(2);
  });

  test.each<CompatibilityLevel>(['NONE', 'BACKWARD', 'FULL_TRANSITIVE'])('%s takes the first of a subject', (level) => {
    expect(against(level, record(ID))).toBeUndefined();
  });
});

describe("Confluent's words", () => {
  // Recorded: situations int_to_text and add_column_not_null_default.
  test.each([
    [
      '{"name":"a","type":["null","string"],"default":null}',
      `{errorType:'MISSING_UNION_BRANCH', description:'The new schema is missing a type inside a union field at path '/fields/1/type/1' in the old schema', additionalInfo:'reader union lacking writer type: INT'}`,
    ],
    [
      `${A},${B}`,
      `{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'b' at path '/fields/2' in the new schema has no default value and is missing in the old schema', additionalInfo:'b'}`,
    ],
  ])('are met', (fields, detail) => {
    const before = record(ID, A);
    const refused = refusal('BACKWARD', 'p3c.t-value', record(ID, fields), versions(before));
    expect(refused && confluentMessage(refused)).toBe(
      `Schema being registered is incompatible with an earlier schema for subject "p3c.t-value", details: [${detail}, {oldSchemaVersion: 1}, {oldSchema: '${before}'}, {validateFields: 'false', compatibility: 'BACKWARD'}]`,
    );
  });

  test('of FULL first say what the old schema cannot read', () => {
    const refused = refusal('FULL', 's', record(A), versions(record(B)));
    const message = refused && confluentMessage(refused);
    expect(message).toMatch(
      /'b' at path '\/fields\/0' in the old schema has no default value and is missing in the new/,
    );
    const both = refusal('FULL', 's', record(ID), versions(record(B)));
    expect(both?.conflicts.map(({ reader, what }) => [reader, what])).toEqual([
      ['old', 'b'],
      ['new', 'id'],
    ]);
  });

  test('show of a long schema its beginning', () => {
    const long = record(ID, `{"name":"a","type":"int","doc":"${'x'.repeat(11_000)}"}`);
    const refused = refusal('FORWARD', 's', record(ID), versions(long));
    expect(refused && confluentMessage(refused)).toContain(
      `{oldSchema: <truncated to 10240 characters> '${long.slice(0, 10_240)}'}`,
    );
  });
});
