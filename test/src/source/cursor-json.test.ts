import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Cursor, PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';

const intent: PageIntent = {
  owner: 'one',
  until: 1_700_000_000_000,
  ends: [3, 0],
  topic: 'in-t',
  last: { incrementing: 12n },
  rows: { column: 'id', ids: [8n, 9n, 12n] },
};

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const position = fc.record(
  {
    incrementing: int64,
    timestamp: int64,
    tie: fc.array(fc.string()),
    xid: fc.bigInt({ min: 3n, max: 2n ** 64n - 1n }),
    system: fc.constant('7412345678901234567'),
    copied: fc.maxSafeNat(),
  },
  { requiredKeys: [] },
);
const partition = fc.integer({ min: 0, max: 5 });
const bytes = fc.option(fc.uint8Array().map((array) => Buffer.from(array)));
const rows = fc.oneof(
  fc
    .array(fc.tuple(fc.bigInt({ min: 0n, max: 30n }), partition), { minLength: 1 })
    .chain((pairs) =>
      fc.constantFrom(
        { column: 'id', ids: pairs.map(([id]) => id) },
        { column: 'id', ids: pairs.map(([id]) => id), partitions: pairs.map(([, one]) => one) },
      ),
    ),
  fc.record({ messages: fc.array(fc.record({ partition, key: bytes, value: bytes })) }),
);

describe('cursor as JSON', () => {
  test('has ids as runs', () => {
    expect(printCursor({ table: 'public.t', position: { incrementing: 7n }, intent }).toString()).toBe(
      '{"version":2,"table":"public.t","position":{"incrementing":"7"},"intent":{"owner":"one","until":1700000000000,"ends":[3,0],"topic":"in-t","last":{"incrementing":"12"},"column":"id","ids":[["8",2],["12",1]]}}',
    );
  });

  test('has messages as partition, key and value', () => {
    const messages = [{ partition: 1, key: null, value: Buffer.from('v') }];
    const printed = printCursor({
      table: 'query',
      position: {},
      intent: { ...intent, last: { copied: 5 }, rows: { messages } },
    });
    expect(JSON.parse(printed.toString()).intent).toMatchObject({ last: { copied: 5 }, messages: [[1, null, 'dg==']] });
  });

  test('comes back as it was written, ids of 64 bits and repeated ones among them', () => {
    fc.assert(
      fc.property(position, fc.option(fc.tuple(position, rows)), (at, pending) => {
        const cursor: Cursor = {
          table: 'public.t',
          position: at,
          ...(pending === null ? {} : { intent: { ...intent, last: pending[0], rows: pending[1] } }),
        };
        expect(parseCursor(printCursor(cursor), 'key')).toEqual(cursor);
      }),
    );
  });

  test('reads what version 1 wrote', () => {
    const body =
      '{"version":1,"table":"public.t","incrementing":"7","intent":{"owner":"one","until":1700000000000,"ends":[3,0],"topic":"in-t","column":"id","ids":[["8",2],["12",1]],"last":"12"}}';
    expect(parseCursor(Buffer.from(body), 'key')).toEqual({
      table: 'public.t',
      position: { incrementing: 7n },
      intent,
    });
    expect(parseCursor(Buffer.from('{"version":1,"table":"t"}'), 'key')).toEqual({ table: 't', position: {} });
  });

  test.each([
    ['{"version":3,"table":"t"}', 'it has version 3, this program reads 1 and 2'],
    ['{"version":1,"table":"t","incrementing":7}', 'position.incrementing is no integer in a string'],
    ['{"version":2,"table":"t"}', 'position is no object'],
    ['{"version":2,"position":{}}', 'table is no string'],
    [
      '{"version":2,"table":"t","position":{},"intent":{"owner":"o","until":1,"ends":[1.5]}}',
      'intent.ends is no integer',
    ],
    ['nothing', 'is no cursor of this program'],
  ])('%s is refused', (body, why) => {
    expect(() => parseCursor(Buffer.from(body), 'source/c/t.json')).toThrow(why);
    expect(() => parseCursor(Buffer.from(body), 'source/c/t.json')).toThrow('State object source/c/t.json');
  });
});
