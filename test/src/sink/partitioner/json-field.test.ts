import { describe, expect, test } from '@jest/globals';
import { type FieldValue, MISSING, UNSUPPORTED } from '../../../../src/sink/partitioner/field-value';
import { jsonField } from '../../../../src/sink/partitioner/json-field';

const TEXT =
  '{"i":5,"big":12345678901234567890,"d":5.0,"e":1e3,"s":"x\\"7.5","t":true,"z":null,"n":{"f":{"g":-1}},"a":[1],"__proto__":"p","s":"last 5.0"}';

describe('a member of a JSON value without a schema', () => {
  test.each<[string, FieldValue]>([
    ['i', 5n],
    ['big', 12345678901234567890n],
    ['n.f.g', -1n],
    ['s', 'last 5.0'],
    ['t', true],
    ['z', null],
    ['__proto__', 'p'],
    ['d', UNSUPPORTED],
    ['e', UNSUPPORTED],
    ['a', UNSUPPORTED],
    ['n', UNSUPPORTED],
    ['nope', MISSING],
    ['toString', MISSING],
    ['z.x', MISSING],
    ['a.0', MISSING],
    ['s.length', MISSING],
  ])('%s is %p', (path, expected) => {
    expect(jsonField(TEXT, path.split('.'))).toEqual(expected);
  });

  test.each(['[1]', '"text"', '5', 'null'])('is missing in %s', (text) => {
    expect(jsonField(text, ['length'])).toBe(MISSING);
  });

  test('is read however deep it lies', () => {
    const path = Array.from({ length: 3000 }, () => 'n');
    expect(jsonField(`${'{"n":'.repeat(3000)}7${'}'.repeat(3000)}`, path)).toBe(7n);
  });
});
