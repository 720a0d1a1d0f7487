// The text of a schema, against what Java's Avro prints.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { schemaText } from '../../../src/avro/schema-text';
import refused from '../../fixtures/avro/java-refused-schemas.json';
import texts from '../../fixtures/avro/java-schema-texts.json';
import { arbitrarySchemaText } from './arbitrary';

describe("a schema's text", () => {
  // Schema.toString() of Avro 1.12.0 and 1.12.1 for Java.
  test.each(texts)('is that of Java: $text', ({ text, java }) => {
    expect(schemaText(text)).toBe(java);
  });

  test('of that text is the same text', () => {
    fc.assert(
      fc.property(arbitrarySchemaText, (text) => {
        const once = schemaText(text);
        expect(schemaText(once)).toBe(once);
      }),
    );
    for (const { java } of texts) expect(schemaText(java)).toBe(java);
  });

  // Those that both refuse.
  test.each(refused.map((text) => [text]))('is refused as by Java: %s', (text) => {
    expect(() => schemaText(text)).toThrow(expect.objectContaining({ code: 'INVALID_SCHEMA' }));
  });

  // What the specification says, and what Avro 1.11 for Java does; 1.12 for Java takes the first two.
  test.each([
    ['["null","F"]', 'Invalid Avro schema at $[1]: no type "F" is defined before this place'],
    [
      '[{"type":"fixed","name":"F","size":2},{"type":"fixed","name":"F","size":2}]',
      'Invalid Avro schema at $[1]: the type "F" is defined a second time',
    ],
    [
      '{"type":"int"',
      'Invalid Avro schema at line 1, column 14: it is not JSON: expected "," or "}", but the text ends',
    ],
    ['{"type":"array"}', 'Invalid Avro schema at $.items: expected a type: a name, an object or a union in [ ]'],
    [
      '{"type":"record","name":"R","fields":[{"name":"a","type":["null","int"],"default":"x"}]}',
      'Invalid Avro schema at $.fields[0].default: the default of a is no value of the union of null, int',
    ],
    [
      '{"type":"record","name":"R","fields":[{"name":"a b","type":"int"}]}',
      'Invalid Avro schema at $.fields[0]: "a b" is no name: a letter or _, then letters, digits and _',
    ],
  ])('of %s is refused with where and what', (text, message) => {
    expect(() => schemaText(text)).toThrow(message);
  });

  test('is refused when it is nested deeper than any schema', () => {
    expect(() => schemaText('['.repeat(100_000))).toThrow(/expected at most 1000 levels/);
  });
});
