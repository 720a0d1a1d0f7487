// JSON lines as values.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codec } from '../../../src/avro/codec';
import { parseValue } from '../../../src/avro/json-decode';
import { valueJson } from '../../../src/avro/json-encode';
import { parseSchema } from '../../../src/avro/schema-parse';
import pairs from '../../fixtures/avro/java-json.json';
import { arbitraryDatum } from './arbitrary';

const parse = (schema: unknown, line: string) => parseValue(parseSchema(JSON.stringify(schema)), line);
const record = (type: unknown) => ({ type: 'record', name: 'R', fields: [{ name: 'a', type }] });

describe('a line of JSON', () => {
  test.each(pairs)('$json is the datum that Java wrote it from', ({ schema: text, hex, json }) => {
    const schema = parseSchema(text);
    expect(codec(schema).encode(parseValue(schema, json)).toString('hex')).toBe(hex);
  });

  test('is the value that it was printed from', () => {
    fc.assert(
      fc.property(arbitraryDatum, ({ schema, value }) => {
        const { encode, decode } = codec(schema);
        const datum = encode(value);
        fc.pre(!datum.includes('__proto__'));
        expect(encode(parseValue(schema, valueJson(schema, decode(datum, 0).value)))).toEqual(datum);
      }),
    );
  });

  test('may leave out the point of a double, and name what is no number', () => {
    expect(parse('double', '5')).toBe(5);
    expect(parse('float', '"-Infinity"')).toBe(-Infinity);
  });

  test.each<[unknown, string, string]>([
    [record('int'), '{"a":1', 'Not JSON: line 1, column 7: expected "," or "}", but the text ends'],
    [record('int'), '{"a":"1"}', 'At $.a: write an integer of 32 bits'],
    [record('int'), '{"a":2147483648}', 'At $.a: write an integer of 32 bits'],
    [record('int'), '{"a":1.0}', 'At $.a: write an integer of 32 bits'],
    [record('int'), '{}', 'At $.a: write a value: the field is missing'],
    [record('int'), '{"a":1,"b":2}', 'At $: write only the fields a; "b" is none'],
    [record('int'), '[1]', 'At $: write an object'],
    [record('boolean'), '{"a":0}', 'At $.a: write true or false'],
    [record('string'), '{"a":null}', 'At $.a: write a string'],
    [record('bytes'), '{"a":"€"}', 'At $.a: write a string of characters up to U+00FF, one for each byte'],
    [record({ type: 'fixed', name: 'F', size: 2 }), '{"a":"x"}', 'At $.a: write a string of 2 characters'],
    [record({ type: 'enum', name: 'E', symbols: ['A', 'B'] }), '{"a":"C"}', 'At $.a: write one of A, B'],
    [record({ type: 'array', items: 'int' }), '{"a":[1,null]}', 'At $.a[1]: write an integer of 32 bits'],
    [record(['null', 'string']), '{"a":"x"}', 'At $.a: write null or {"string": …}'],
    [record(['null', 'string']), '{"a":{"int":1}}', 'At $.a: write null or {"string": …}'],
    [record(['null', 'string']), '{"a":{"string":1}}', 'At $.a.string: write a string'],
    ['null', '1', 'At $: write null'],
    ['double', '"x"', 'At $: write a number'],
  ])('for %j, %s is refused with what to write', (schema, line, message) => {
    expect(() => parse(schema, line)).toThrow(new Error(message));
  });
});
