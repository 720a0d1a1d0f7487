// Values by type, as Kafka's ConfigDef parses them.
import { describe, expect, test } from '@jest/globals';
import { type PropertyType, parseValue } from '../../../src/config/value';

describe('a value', () => {
  test.each<[PropertyType, string, unknown]>([
    ['int', ' 5 ', 5],
    ['int', '+5', 5],
    ['int', '-2147483648', -2147483648],
    ['long', '9223372036854775807', Number.MAX_SAFE_INTEGER],
    ['boolean', 'TRUE', true],
    ['boolean', 'false', false],
    ['list', ' a , b,c ', ['a', 'b', 'c']],
    ['list', '', []],
    ['list', 'a,,b', ['a', '', 'b']],
    ['string', ' x y ', 'x y'],
    ['verbatim', ' \n ', ' \n '],
    ['verbatim', '', ''],
    ['password', 'secret', 'secret'],
  ])('of type %s is parsed from %j', (type, text, value) => expect(parseValue(type, text)).toEqual({ value }));

  test.each<[PropertyType, string, string]>([
    ['int', 'three', 'is not a whole number'],
    ['int', '3.0', 'is not a whole number'],
    ['int', '', 'is not a whole number'],
    ['int', '2147483648', 'is out of range'],
    ['long', '9223372036854775808', 'is out of range'],
    ['boolean', 'yes', 'is neither true nor false'],
  ])('of type %s is refused for %j', (type, text, what) => {
    expect(parseValue(type, text)).toMatchObject({ problem: { what } });
  });
});
