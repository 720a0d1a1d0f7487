// SQL's LIKE in patterns of names.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { likePattern } from '../../../src/source/like-pattern';

describe('a pattern of LIKE', () => {
  test.each<[string, string[], string[]]>([
    ['sales', ['sales'], ['sales2', 'Sales', 'xsales', '']],
    ['sales%', ['sales', 'sales_2024', 'sales\n'], ['xsales']],
    ['s_les', ['sales', 's_les', 's😀les'], ['sles', 'saales']],
    ['s\\_les', ['s_les'], ['sales']],
    ['100\\%', ['100%'], ['100', '1000']],
    ['a\\\\b', ['a\\b'], ['ab']],
    ['a.b', ['a.b'], ['axb']],
    ['[ab]+(c)', ['[ab]+(c)'], ['abc']],
    ['%', ['', 'a'], []],
  ])('%s matches whole names', (pattern, yes, no) => {
    const matches = (name: string) => likePattern(pattern).test(name);
    expect({ yes: yes.filter((name) => !matches(name)), no: no.filter(matches) }).toEqual({ yes: [], no: [] });
  });

  test('whose wild characters are escaped matches the name itself, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, other) => {
        const pattern = likePattern(name.replace(/[\\%_]/g, '\\$&'));
        return pattern.test(name) && pattern.test(other) === (name === other);
      }),
    );
  });
});
