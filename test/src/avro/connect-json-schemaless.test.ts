// JSON records without a schema, as Connect prints them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { schemalessJson } from '../../../src/avro/connect-json-schemaless';
import cases from '../../fixtures/avro/connect-json.json';

describe('the JSON of a record without a schema', () => {
  // Read by the JsonConverter of Kafka 4.3.1 and printed by its Jackson.
  test.each(cases.schemaless)('$text is $json', ({ text, json }) => {
    expect(schemalessJson(text)).toBe(json);
  });

  test.each([
    ['the digits that a double would lose', '0.1234567890123456789'],
    ['an integer beyond 64 bits', '9223372036854775808123'],
    ['a number beyond a double', '1e999'],
    ['a number below a double', '-1E-999'],
    ['the sign of zero', '-0.0'],
    ['the order of the members, and two of a name', '{"b":1,"a":2,"10":3,"a":4}'],
    ['a member __proto__', '{"__proto__":{"x":1}}'],
  ])('keeps %s', (_, text) => {
    expect(schemalessJson(text)).toBe(text);
  });

  // A step for each pair of digits would take hours.
  const many = 1_000_000;
  test.each<[string, string, string]>([
    ['zeros between two digits', `1.${'0'.repeat(many)}1`, `1.${'0'.repeat(many)}1`],
    ['zeros behind the point', `1.5${'0'.repeat(many)}`, '1.5'],
    ['zeros before the point', `1${'0'.repeat(many)}e-${many}`, '1.0'],
    ['digits, most of them zeros', `0.${'0001'.repeat(many / 4)}`, `0.${'0001'.repeat(many / 4)}`],
    ['zeros alone', `0.${'0'.repeat(many)}`, '0.0'],
    ['zeros that the exponent takes back', `0.${'0'.repeat(many)}1e${many + 1}`, '1.0'],
    ['digits in the exponent', `1e${'9'.repeat(many)}`, `1e${'9'.repeat(many)}`],
    ['digits in a negative exponent', `1e-${'9'.repeat(many)}`, `1e-${'9'.repeat(many)}`],
    ['zeros in the exponent', `1e${'0'.repeat(many)}5`, '100000.0'],
  ])('has a number with a million %s', (_, text, json) => {
    // Not toBe: it would print both.
    expect(schemalessJson(text) === json).toBe(true);
  });

  test('is one line that means the same, however it was laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('', '\n', '\t', '  '), (value, indent) => {
        const line = schemalessJson(JSON.stringify(value, undefined, indent));
        expect(line).not.toContain('\n');
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('printed again is the same', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const line = schemalessJson(text);
        expect(schemalessJson(line)).toBe(line);
      }),
    );
  });
});
