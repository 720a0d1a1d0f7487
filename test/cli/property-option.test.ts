// `--property name=value`.
import { describe, expect, test } from '@jest/globals';
import { collected, flag, parseProperties, separator } from '../../cli/property-option';

const known = ['print.key', 'key.separator', 'value.schema'];

describe('parseProperties', () => {
  test('a value may hold equals signs and blanks, and be empty', () => {
    const properties = parseProperties(['value.schema={"a": "b=c"}', 'key.separator='], known);
    expect([...properties]).toEqual([
      ['value.schema', '{"a": "b=c"}'],
      ['key.separator', ''],
    ]);
  });

  test('the last one of a name counts', () => {
    expect(parseProperties(['print.key=true', 'print.key=false'], known).get('print.key')).toBe('false');
  });

  test('an unknown name is answered with the known ones', () => {
    expect(() => parseProperties(['print.kee=true'], known)).toThrow(
      'print.kee is not known: write one of print.key, key.separator, value.schema',
    );
  });

  test('a name without a value is answered with what to write', () => {
    expect(() => parseProperties(['print.key'], known)).toThrow('write --property print.key=value');
  });
});

test('a flag is false unless it is true, and nothing else', () => {
  expect(flag(new Map(), 'print.key')).toBe(false);
  expect(flag(new Map([['print.key', 'true']]), 'print.key')).toBe(true);
  expect(() => flag(new Map([['print.key', 'yes']]), 'print.key')).toThrow(
    '--property print.key=yes: write true or false',
  );
});

test('the separator is a tab unless it is given', () => {
  expect(separator(new Map())).toBe('\t');
  expect(separator(new Map([['key.separator', '|']]))).toBe('|');
});

test('an option that is given several times is collected', () => {
  expect(collected('b', collected('a'))).toEqual(['a', 'b']);
});
