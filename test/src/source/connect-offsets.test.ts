import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withIds } from '../../../src/source/ahead';
import { parseOffsets, printOffsets } from '../../../src/source/connect-offsets';
import type { Position } from '../../../src/source/position';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const position: fc.Arbitrary<Position> = fc.record(
  {
    incrementing: int64,
    ahead: fc.array(int64).map((ids) => withIds([], ids)),
    timestamp: int64,
    tie: fc.array(fc.string(), { minLength: 1 }),
    xid: fc.bigInt({ min: 3n, max: 2n ** 64n - 1n }),
    system: fc.string(),
    copied: fc.maxSafeNat(),
  },
  { requiredKeys: [] },
);

const withOffset = (offset: string) =>
  `{"offsets":[{"partition":{"protocol":"1","table":"public.t"},"offset":${offset}}]}`;
const positionOf = (offset: string) => parseOffsets(withOffset(offset))[0]?.position;

describe("Connect's JSON of offsets", () => {
  // As Confluent's source of mode incrementing and timestamp, and of a query, left them.
  test.each([
    [
      '{"offsets":[{"partition":{"protocol":"1","table":"public.t"},"offset":{"incrementing":2}}]}',
      { incrementing: 2n },
    ],
    [
      '{"offsets":[{"partition":{"protocol":"1","table":"public.t"},"offset":{"timestamp_nanos":123999000,"timestamp":1704067200123}}]}',
      { timestamp: 1_704_067_200_123_999n },
    ],
    ['{"offsets":[{"partition":{"query":"query"},"offset":{"incrementing":2}}]}', { incrementing: 2n }],
  ])('is read and printed as Connect writes it: %s', (text, expected) => {
    const [offset] = parseOffsets(text);
    expect(offset?.position).toEqual(expected);
    const table = text.includes('query') ? 'query' : 'public.t';
    expect(printOffsets([{ table, position: expected }])).toBe(text);
  });

  test('keeps every position of every mode, whatever it and the table are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), position, (name, given) => {
        const table = `public.${name}`;
        expect(parseOffsets(printOffsets([{ table, position: given }]))).toEqual([
          { partition: { table }, position: given },
        ]);
      }),
    );
  });

  test.each([
    ['an id above what a double holds', '{"incrementing":9007199254740993}', { incrementing: 9_007_199_254_740_993n }],
    ['a timestamp without nanos', '{"timestamp":1704067200123}', { timestamp: 1_704_067_200_123_000n }],
    [
      'nanos of other milliseconds, which count',
      '{"timestamp":1704067200999,"timestamp_nanos":5000}',
      { timestamp: 1_704_067_200_000_005n },
    ],
    ['a time before 1970', '{"timestamp":-1,"timestamp_nanos":999999000}', { timestamp: -1n }],
    [
      'ids that were read ahead',
      '{"ahead":[[5,7],[9,9]]}',
      {
        ahead: [
          [5n, 7n],
          [9n, 9n],
        ],
      },
    ],
    ['nothing', '{}', {}],
    ['members that are null', '{"incrementing":7,"timestamp":null}', { incrementing: 7n }],
  ])('has in an offset %s', (_, offset, expected) => {
    expect(positionOf(offset)).toEqual(expected);
  });

  test('has null for an offset that shall go', () => {
    expect(parseOffsets(withOffset('null'))).toEqual([{ partition: { table: 'public.t' } }]);
  });

  test('may have the partition of an older source, without a protocol', () => {
    const text = '{"offsets":[{"partition":{"table":"t"},"offset":{"incrementing":1}}]}';
    expect(parseOffsets(text)).toEqual([{ partition: { table: 't' }, position: { incrementing: 1n } }]);
  });

  test.each([
    ['no JSON', '{"offsets":', 'line 1, column 12'],
    ['no offsets', '{"offset":[]}', 'write {"offsets":[{"partition"'],
    ['none of them', '{"offsets":[]}', 'write {"offsets":[{"partition"'],
    ['an entry that is no object', '{"offsets":[7]}', 'Entry 1 of "offsets" is no object'],
    ['no partition', '{"offsets":[{"offset":{}}]}', 'Entry 1 of "offsets" has no partition'],
    [
      'another protocol',
      '{"offsets":[{"partition":{"protocol":"2","table":"t"},"offset":{}}]}',
      '{"protocol":"1","table":"public.t"}',
    ],
    [
      'a member more',
      '{"offsets":[{"partition":{"table":"t","schema":"s"},"offset":{}}]}',
      'no partition of a JDBC source',
    ],
    [
      'a table that is no name',
      '{"offsets":[{"partition":{"table":""},"offset":{}}]}',
      'no partition of a JDBC source',
    ],
    ['no offset', '{"offsets":[{"partition":{"table":"t"}}]}', 'has no "offset"'],
    [
      'an id in a string',
      withOffset('{"incrementing":"7"}'),
      'The offset of public.t: incrementing is no whole number',
    ],
    ['half an id', withOffset('{"incrementing":7.5}'), 'incrementing is no whole number'],
    ['a member with a slip', withOffset('{"incremental":7}'), 'has a member "incremental"'],
    ['a member of every object', withOffset('{"__proto__":7}'), 'has a member "__proto__"'],
    ['runs that are no list', withOffset('{"ahead":7}'), 'ahead is no list'],
    ['a run that ends before it begins', withOffset('{"ahead":[[7,5]]}'), 'ahead is no list'],
    ['runs that overlap', withOffset('{"ahead":[[5,7],[7,9]]}'), 'ahead is no list'],
    ['a run of one', withOffset('{"ahead":[[7]]}'), 'ahead is no list'],
    ['nanos of more than a second', withOffset('{"timestamp":1,"timestamp_nanos":1000000000}'), '0 to 999999999'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => parseOffsets(text)).toThrow(
      expect.objectContaining({ code: 'OFFSETS_INVALID', message: expect.stringContaining(message) }),
    );
  });
});
