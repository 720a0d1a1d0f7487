// JSON with its order and its digits.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonSyntaxError, parseJson, printJson } from '../../../src/avro/json-text';

describe('JSON', () => {
  test('keeps the order of members and every digit of an integer', () => {
    const text = '{"10":1,"2":12345678901234567890,"b":[],"a":{"__proto__":null}}';
    expect(printJson(parseJson(text))).toBe(text);
  });

  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(printJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['1.0', '1.0'],
    ['1', '1'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['1e2', '100.0'],
    ['1e400', '"Infinity"'],
    ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
    [' [ 1 , /* two */ 2 // three\n ] ', '[1,2]'],
    ['"\\u001f\\\\u001f\\/\\ud83d\\ude00"', '"\\u001F\\\\u001f/😀"'],
  ])('%s is printed as %s, as Jackson does', (text, printed) => {
    expect(printJson(parseJson(text))).toBe(printed);
  });

  test.each([
    ['', 'line 1, column 1: expected a value, but the text ends'],
    ['{"a" 1}', 'line 1, column 6: expected ":", but there is "1"'],
    ['{\n "a": tru }', 'line 2, column 7: expected a value, but there is "t"'],
    ['[1,]', 'line 1, column 4: expected a value, but there is "]"'],
    ['01', 'line 1, column 2: expected the end of the text, but there is "1"'],
    [
      '"a\nb"',
      'line 1, column 1: expected a string without control characters and with valid escapes, but there is "\\""',
    ],
    ['"a', 'line 1, column 1: expected a string with a double quote at either end, but there is "\\""'],
    ['nul', 'line 1, column 1: expected a value, but there is "n"'],
    ['1 /* x', 'line 1, column 3: expected the end of the text, but there is "/"'],
  ])('%j is none', (text, message) => {
    expect(() => parseJson(text)).toThrow(new JsonSyntaxError(...splitAtColon(message)));
  });
});

function splitAtColon(message: string): [string, string] {
  const colon = message.indexOf(': ');
  return [message.slice(0, colon), message.slice(colon + 2)];
}
