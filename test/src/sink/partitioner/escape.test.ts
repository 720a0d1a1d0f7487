import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escaper } from '../../../../src/sink/partitioner/escape';

/** Any text, much of it made of what must be escaped, halves of surrogate pairs among it. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom('%', '2', 'F', '2F', '/', '\\', '.', '..', 'null', '%-', 'n', '\ud83d', '\ude00', '\0', '|', 'é'),
    )
    .map((parts) => parts.join('')),
);

describe('a value in a directory', () => {
  test.each([
    ['a', 'a'],
    ['', ''],
    ['a b+c=d,e:é.€😀', 'a b+c=d,e:é.€😀'],
    ['1.5', '1.5'],
    ['.hidden', '.hidden'],
    ['NULL', 'NULL'],
    ['null', '%6Eull'],
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['100%', '100%25'],
    ['%2F', '%252F'],
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['...', '...'],
    ['../../etc', '%2E%2E%2F%2E%2E%2Fetc'],
    ['a/./b', 'a%2F%2E%2Fb'],
    ['a\n\u007f\u0085\0', 'a%0A%7F%C2%85%00'],
    ['\uffff\ufffe', '%EF%BF%BF%EF%BF%BE'],
    ['\ud83d', '%ED%A0%BD'],
    ['\ude00\ud83d', '%ED%B8%80%ED%A0%BD'],
    ['\ufffd', '\ufffd'],
  ])('%j is written %j', (value, written) => {
    expect(escaper('/')(value)).toBe(written);
  });

  test('has the characters of the delimiter escaped, whatever it is', () => {
    expect(escaper('|')('a|b/c')).toBe('a%7Cb%2Fc');
    expect(escaper('-]')('a-b]c')).toBe('a%2Db%5Dc');
    expect(escaper('^')('^')).toBe('%5E');
  });

  test('stays as it is up to 224 bytes, and is cut with its hash beyond', () => {
    const write = escaper('/');
    expect(write('é'.repeat(112))).toBe('é'.repeat(112));
    expect(write(`${'é'.repeat(112)}x`)).toMatch(/^é{79}%-[0-9a-f]{64}$/);
    expect(write('/'.repeat(100))).toMatch(/^(%2F){52}%-[0-9a-f]{64}$/);
  });

  test('is neither longer than 224 bytes nor a way out of its directory', () => {
    fc.assert(
      fc.property(texts, (value) => {
        const written = escaper('/')(value);
        expect(Buffer.byteLength(written)).toBeLessThanOrEqual(224);
        expect(written).not.toMatch(/[/\\\p{Cc}\p{Cs}]/u);
        expect(['.', '..', 'null']).not.toContain(written);
      }),
    );
  });

  test('that is not cut can be read back: two values are never written the same', () => {
    const write = escaper('/');
    fc.assert(
      fc.property(texts, (value) => {
        const written = write(value);
        fc.pre(!written.includes('%-'));
        expect(readBack(written)).toBe(value);
      }),
    );
  });

  test('that is cut is told from any other one', () => {
    const long = texts.map((text) => text.padEnd(230, 'x'));
    const write = escaper('/');
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(long, texts), { minLength: 2, maxLength: 20 }), (values) => {
        expect(new Set(values.map(write)).size).toBe(values.length);
      }),
    );
    expect(write('x'.repeat(230))).not.toBe(write('x'.repeat(231)));
    expect(write(write('x'.repeat(230)))).not.toBe(write('x'.repeat(230)));
  });
});

/** Each escape is a byte; what is no UTF-8 is half of a surrogate pair. */
function readBack(written: string): string {
  return written.replace(/(?:%ED%[AB][0-9A-F]%[89AB][0-9A-F])|(?:%[0-9A-F]{2})+?(?=%ED%[AB]|[^%]|$)/g, (escapes) => {
    const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
    const [lead = 0, second = 0, third = 0] = bytes;
    if (lead !== 0xed || second < 0xa0) return bytes.toString();
    return String.fromCharCode(((lead & 0xf) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
  });
}
