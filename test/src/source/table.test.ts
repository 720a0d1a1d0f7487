import { describe, expect, test } from '@jest/globals';
import { idOf } from '../../../src/source/table';

const TOP = '9223372036854775807';

describe('the id of a row', () => {
  test.each<[string, bigint]>([
    ['7', 7n],
    ['-7', -7n],
    [TOP, BigInt(TOP)],
    ['1.0', 1n],
    ['-12.000', -12n],
  ])('%s is a whole number', (text, id) => {
    expect(idOf(['other', text], 1)).toBe(id);
  });

  test.each(['1.5', '1.05', 'NaN', 'Infinity', '', 'abc', '1e3'])('%j is none, and is not told', (text) => {
    const read = () => idOf([text], 0, 'Table "public"."t" has in "id"');
    expect(read).toThrow(/^Table "public"\."t" has in "id" a value that is no whole number/);
    expect(read).toThrow(expect.objectContaining({ code: 'ID_INVALID' }));
    if (text !== '' && text !== 'NaN') expect(read).not.toThrow(text);
  });

  test('that is NULL is asked for', () => {
    expect(() => idOf([null], 0)).toThrow(expect.objectContaining({ code: 'ID_MISSING' }));
  });
});
