// The properties format as java.util.Properties.load reads it, with the lines that it forgets.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseProperties } from '../../../src/config/properties';

function parsed(text: string) {
  const { properties, faults } = parseProperties('f', Buffer.from(text, 'latin1'));
  expect(faults).toEqual([]);
  return properties.map(({ key, value, line }) => [key, value, line]);
}

// Each expectation is what OpenJDK 17's Properties.load answers for the text.
describe('the properties format', () => {
  test.each<[string, string, unknown[]]>([
    [
      'separates key and value by =, : or white space',
      'a=1\nb:2\nc 3\nd\t4',
      [
        ['a', '1', 1],
        ['b', '2', 2],
        ['c', '3', 3],
        ['d', '4', 4],
      ],
    ],
    [
      'takes one separator with white space around it',
      'a = 1\nb : = 2\nc   :   3',
      [
        ['a', '1', 1],
        ['b', '= 2', 2],
        ['c', '3', 3],
      ],
    ],
    [
      'keeps white space at the end of a value',
      'a=1  \t\nb=2',
      [
        ['a', '1  \t', 1],
        ['b', '2', 2],
      ],
    ],
    ['skips comments and blank lines', '# x\n  ! y\n\n \t\f\na=1', [['a', '1', 5]]],
    ['does not continue a comment', '# x \\\na=1', [['a', '1', 2]]],
    [
      'continues a line and drops the white space before the rest',
      'a=1,\\\n   2,\\\n\t3\nb=4',
      [
        ['a', '1,2,3', 1],
        ['b', '4', 4],
      ],
    ],
    [
      'takes a # in a continued line for text',
      'a=1\\\n#2\nb=3',
      [
        ['a', '1#2', 1],
        ['b', '3', 3],
      ],
    ],
    [
      'does not continue after an even number of backslashes',
      'a=1\\\\\nb=2',
      [
        ['a', '1\\', 1],
        ['b', '2', 2],
      ],
    ],
    [
      'ends a continued line at a blank one',
      'a=1\\\n\nb=2',
      [
        ['a', '1', 1],
        ['b', '2', 3],
      ],
    ],
    ['reads a key that is continued', 'long\\\n  .key=1', [['long.key', '1', 1]]],
    [
      'ends lines at CR, LF and CRLF',
      'a=1\rb=2\r\nc=3\nd=4',
      [
        ['a', '1', 1],
        ['b', '2', 2],
        ['c', '3', 3],
        ['d', '4', 4],
      ],
    ],
    ['reads escapes', 'a=\\t\\n\\r\\f\\\\\\q\\u00e9\\u20AC', [['a', '\t\n\r\f\\qé€', 1]]],
    ['reads escaped separators in a key', 'a\\ b\\:c\\=d=1', [['a b:c=d', '1', 1]]],
    [
      'reads a key without a value',
      'a\nb=\nc',
      [
        ['a', '', 1],
        ['b', '', 2],
        ['c', '', 3],
      ],
    ],
    ['reads an empty key', '=1', [['', '1', 1]]],
    ['takes a lone backslash for nothing, so that a comment may follow', '\\\n# x\na=1', [['a', '1', 3]]],
    [
      'counts lines on behind a lone backslash',
      ' \\\n  a=1\\\n 2\nb=3',
      [
        ['a', '12', 2],
        ['b', '3', 4],
      ],
    ],
    ['drops a backslash at the very end', 'a=1\\', [['a', '1', 1]]],
    ['reads ISO-8859-1', 'a=caf\u00e9', [['a', 'café', 1]]],
    [
      'keeps duplicates, for the validation to report',
      'a=1\na=2',
      [
        ['a', '1', 1],
        ['a', '2', 2],
      ],
    ],
    [
      'keeps names that objects have',
      '__proto__=1\nconstructor=2',
      [
        ['__proto__', '1', 1],
        ['constructor', '2', 2],
      ],
    ],
  ])('%s', (_, text, expected) => expect(parsed(text)).toEqual(expected));

  test('reads back what java.util.Properties.store would write, each on its own line', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 8 }), (pairs) => {
        const lines = pairs.map(([key, value]) => `${stored(key, true)}=${stored(value, false)}`);
        expect(parsed(lines.join('\n'))).toEqual(pairs.map(([key, value], index) => [key, value, index + 1]));
      }),
    );
  });

  test('finds the line of every property among comments, blank and continued lines', () => {
    const filler = fc.constantFrom('# c', '! c \\', '', '  \t');
    const property = fc.nat({ max: 3 }).map((rest) => `k=v${'\\\n  w'.repeat(rest)}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(filler, property), { maxLength: 30 }), (blocks) => {
        let line = 1;
        const expected: unknown[] = [];
        for (const block of blocks) {
          if (block.startsWith('k')) expected.push(['k', block.replace('k=', '').replaceAll('\\\n  ', ''), line]);
          line += block.split('\n').length;
        }
        expect(parsed(blocks.join('\n'))).toEqual(expected);
      }),
    );
  });
});

/** The escaping of java.util.Properties.store: white space in keys, control characters, everything beyond ASCII. */
function stored(text: string, isKey: boolean): string {
  return Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index);
    if (character === ' ') return isKey || index === 0 ? '\\ ' : ' ';
    const short = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' }[character];
    if (short !== undefined) return short;
    if ('\\=:#!'.includes(character)) return `\\${character}`;
    const code = text.charCodeAt(index);
    return code < 0x20 || code > 0x7e ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  }).join('');
}

describe('what cannot be read as it was meant', () => {
  test.each([
    ['a=1\nb=\\u00g0', 2],
    ['a=1\nb=x\\\n  y\\u12\nc=3', 2],
    ['# c \\\na=\\u', 2],
  ])('a malformed escape is a fault with its line: %j', (text, line) => {
    const { faults, unreadable } = parseProperties('f', Buffer.from(text));
    expect(faults).toMatchObject([{ file: 'f', line, what: 'holds a malformed \\u escape' }]);
    expect(unreadable).toBe(true);
  });

  test('UTF-8 beyond ASCII is a fault with its line, because Java would read other characters', () => {
    const { faults } = parseProperties('f', Buffer.from('# café is fine\na=1\nb=café\nc=\\u00c3\\u00a9'));
    expect(faults).toMatchObject([{ line: 3, property: 'b', write: 'write \\u00e9 for é' }]);
  });

  test('a byte order mark is a fault', () => {
    const { faults } = parseProperties('f', Buffer.from('\ufeffa=1'));
    expect(faults).toMatchObject([{ line: 1, what: expect.stringContaining('byte order mark') }]);
  });
});
