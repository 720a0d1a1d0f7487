// JSON as it is written.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonNode, readJson, readWholeJson } from '../../../../src/convert/json/reader';

function plain(node: JsonNode): unknown {
  if (node instanceof Map) return Object.fromEntries([...node].map(([name, member]) => [name, plain(member)]));
  if (Array.isArray(node)) return node.map(plain);
  return typeof node === 'object' && node !== null && 'literal' in node ? Number(node.literal) : node;
}

describe('the reader of JSON', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(plain(readWholeJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('refuses what JSON.parse refuses, and takes what it takes', () => {
    const token = fc.constantFrom(...'{}[]":,\\u0ae-+.17 \n\t/*'.split(''), 'true', 'null', 'false', '"a"', '\u0001');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
        const text = tokens.join('');
        expect(outcome(() => plain(readWholeJson(text)))).toEqual(outcome(() => JSON.parse(text)));
      }),
      { numRuns: 5000 },
    );
  });

  test('keeps every digit of a number', () => {
    const literals = ['12345678901234567890.12', '-0', '1.50', '1e400', '-1.5E-7'];
    expect(readWholeJson(`[${literals}]`)).toEqual(literals.map((literal) => ({ literal })));
  });

  test('says where a value in the middle of a text ends', () => {
    expect(readJson('x {"a":[]} y', 1)).toEqual({ node: new Map([['a', []]]), end: 10 });
  });

  test('says at which character it stops being JSON', () => {
    expect(() => readWholeJson('{"a" 1}')).toThrow('expected ":" at character 6');
  });

  test('follows a thousand levels and no more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    readWholeJson(nested(1000));
    expect(() => readWholeJson(nested(1001))).toThrow('expected at most 1000 levels');
    expect(() => readWholeJson('['.repeat(1_000_000))).toThrow('at most 1000 levels');
  });
});

function outcome(read: () => unknown): unknown {
  try {
    return { read: read() };
  } catch {
    return 'refused';
  }
}
