// Values as JSON, against Java's JSON encoder.
import { describe, expect, test } from '@jest/globals';
import { codec } from '../../../src/avro/codec';
import { valueJson } from '../../../src/avro/json-encode';
import { parseSchema } from '../../../src/avro/schema-parse';
import pairs from '../../fixtures/avro/java-json.json';

describe('the JSON of a value', () => {
  // Printed by the JsonEncoder of Avro 1.11.4 for Java.
  test.each(pairs)('of $schema is $json', ({ schema: text, hex, json }) => {
    const schema = parseSchema(text);
    expect(valueJson(schema, codec(schema).decode(Buffer.from(hex, 'hex'), 0).value)).toBe(json);
  });

  test('of a record without fields is an object', () => {
    expect(valueJson(parseSchema('{"type":"record","name":"R","fields":[]}'), {})).toBe('{}');
  });

  test('of a map keeps the order of the datum', () => {
    const schema = parseSchema('{"type":"map","values":"int"}');
    expect(valueJson(schema, codec(schema).decode(Buffer.from([4, 2, 98, 2, 2, 97, 4, 0]), 0).value)).toBe(
      '{"b":1,"a":2}',
    );
  });
});
