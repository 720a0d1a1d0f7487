// What SimpleHeaderConverter makes of a header's text: each pair as Kafka 4.3.1 gave it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simpleHeaderText } from '../../../../src/convert/header/simple';

describe('a header’s text', () => {
  test.each([
    '',
    ' ',
    'v0',
    'some text',
    'http://host:80/path?x=1,2',
    'true story',
    'null and void',
    'a,b',
    '5 apples',
    '1.2.3.4',
    '-',
    '+',
    '.5',
    '0x1F',
    '[1,2',
    '[1,,2]',
    '[1,null]',
    '[a]',
    '{a:1}',
    '{"a":1,"b":null}',
    '{null:1}',
    '["a",1,2]',
    '"5"',
    'true}',
    '12345678901234567890',
    '1E+400',
    '2024-01-15',
    '2024-01-15T10:00:00.000Z',
    '12:30:00.123Z',
    '[1,2]',
    '["a","b,c"]',
    '{"a":1,"b":2}',
    '{"a":null}',
    '[[1],[],{}]',
    '550e8400-e29b-41d4-a716-446655440000',
    '[2024-01-15]',
    '[0.25,1e-400,2024-13-45]',
    'b\\:c',
  ])('%j stays as it is', (text) => {
    expect(simpleHeaderText(text)).toBe(text);
  });

  test.each([
    // The number type that holds it prints it.
    ['+5', '5'],
    ['007', '7'],
    [' 1.50 ', '1.5'],
    ['1.0', '1'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['0.123456789', '0.12345679'],
    ['1e30', '1.0E30'],
    ['1e300', '1.0E300'],
    ['1e400', '1E+400'],
    ['1.5e400', '1.5E+400'],
    ['+491234567', '491234567'],
    // Blanks around what is a value, and in a collection, go.
    [' true ', 'true'],
    ['false\n', 'false'],
    ['[1, 2 ,3]', '[1,2,3]'],
    ['{"a" : [ 1 ] }', '{"a":[1]}'],
    // Items of one type.
    ['[1,1.5]', '[1.0,1.5]'],
    ['[1.5,1e300]', '[1.5,1.0E300]'],
    ['[ 0.25, "null", true ]', '[0.25,"null",true]'],
    ['[+3 ,2024-1-5xx ,"25"]', '[3,2024-01-05,"25"]'],
    ['[1969-07-20,1,5.]', '[00:00:00.000Z,1970-01-02,1970-01-06]'],
    ['{12:30:00.123Z:1,+3 :2}', '{12:30:00.123Z:1,00:00:00.003Z:2}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{false :1e40,false :1}', '{false:1.0}'],
    ['{2024-01-15T00:00:00.000Z:1,2024-01-15:2}', '{2024-01-15:2}'],
    // Backslashes are no escapes to the reader, and doubled by the writer.
    ['["a\\"b"]', '["a\\\\\\"b"]'],
    // Dates and times print by their size.
    ['2024-01-15T00:00:00.000Z', '2024-01-15'],
    ['1969-07-20', '00:00:00.000Z'],
    ['1970-01-02', '1970-01-02'],
    ['2024-13-45', '2025-02-14'],
    ['["2024-01-15"]', '[2024-01-15]'],
    // What stands behind a value is lost.
    ['5,6', '5'],
    ['12:30', '12'],
    ['[1]x', '[1]'],
  ])('%j becomes %j', (text, becomes) => {
    expect(simpleHeaderText(text)).toBe(becomes);
  });

  test.each(['null', ' null ', '\tnull'])('%j is null', (text) => {
    expect(simpleHeaderText(text)).toBeUndefined();
  });

  test('is read to its end, however it is nested or made up', () => {
    const token = fc.constantFrom(...'[]{}:,"\\ 1-.eT'.split(''), 'null', 'true', '2024-01-15', '12:30:00.000Z', 'a');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = simpleHeaderText(tokens.join(''));
        if (text !== undefined) simpleHeaderText(text);
      }),
      { numRuns: 5000 },
    );
    for (const open of ['[', '{"a":', '[[{"b":']) {
      const nested = open.repeat(50_000);
      expect(simpleHeaderText(nested)).toBe(nested);
    }
    const long = '9'.repeat(100_000);
    expect(simpleHeaderText(long)).toBe(long);
  });
});
