// JsonConverter with schemas.enable=false.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonTextConverter } from '../../../../src/convert/json/text';
import { isNull } from '../../../../src/convert/null-data';
import { converted, jsonOf } from '../decoded';

const convert = (content: Uint8Array | string) => converted(jsonTextConverter('value'), content);

describe('JSON without a schema', () => {
  test.each([
    ['{"z":1.50,"a":12345678901234567890,"10":1e400}', '{"z":1.50,"a":12345678901234567890,"10":1e400}'],
    [' {\r\n "a" : [ 1 ,\t"x y\\" z" ] }\n', '{"a":[1,"x y\\" z"]}'],
    ['"\\u00e9 é"', '"\\u00e9 é"'],
    ['\ufeff[1]', '[1]'],
    ['null', 'null'],
    [' 7 ', '7'],
  ])('keeps %j, without its blanks', (text, line) => {
    expect(jsonOf(convert(text))).toBe(line);
  });

  test('is one line that means the same, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const line = jsonOf(convert(JSON.stringify(value, undefined, indent)));
        expect(line).toBe(JSON.stringify(value));
      }),
    );
  });

  test('is not refused for its depth', () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(jsonOf(convert(nested))).toBe(nested);
  });

  test('can be null', () => {
    const data = convert(' null ');
    expect('bytes' in data && isNull(data)).toBe(true);
  });

  test.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'expected a value at character 1.'],
    ['half an object', '{"secret":', 'expected a value at character 11.'],
    ['two values', '{} {}', 'expected the end at character 4.'],
    ['a comment', '/* */ 1', 'expected a value at character 1.'],
    ['NaN', 'NaN', 'expected a value at character 1.'],
    ['bytes that are not UTF-8', Buffer.of(0x22, 0xff, 0x22), 'it is not UTF-8.'],
  ])('refuses %s, and quotes nothing of it', (_, content, what) => {
    expect(convert(content)).toMatchObject({
      code: 'INVALID_JSON',
      retryable: false,
      message: `its value is not JSON: ${what} Produce JSON, or set value.converter to what it was produced with.`,
    });
  });
});
