import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Cursor,
  cursorKey,
  intend,
  move,
  type PageIntent,
  parseCursor,
  printCursor,
} from '../../../src/source/cursor';

const intent: PageIntent = {
  owner: 'one',
  until: 1_700_000_000_000,
  ends: [3, 0],
  topic: 'in-t',
  column: 'id',
  ids: [8n, 9n, 12n],
  last: 12n,
};

describe('cursor', () => {
  test('the intent of a page also says that the page before it is there', () => {
    const first = intend({ table: 'public.t' }, intent);
    const second = intend(move(first), { ...intent, ids: [13n], last: 13n });
    expect(second.incrementing).toBe(12n);
    expect(move(second)).toEqual({ table: 'public.t', incrementing: 13n });
    expect(move(move(second))).toEqual({ table: 'public.t', incrementing: 13n });
  });

  test('is JSON with ids as runs', () => {
    expect(printCursor({ table: 'public.t', incrementing: 7n, intent }).toString()).toBe(
      '{"version":1,"table":"public.t","incrementing":"7","intent":{"owner":"one","until":1700000000000,"ends":[3,0],"topic":"in-t","column":"id","ids":[["8",2],["12",1]],"last":"12"}}',
    );
    expect(cursorKey('prices', 'public.t')).toBe('source/prices/public.t.json');
  });

  test('comes back as it was written, ids of 64 bits and repeated ones among them', () => {
    const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const near = fc.array(fc.bigInt({ min: 0n, max: 30n }), { minLength: 1 });
    fc.assert(
      fc.property(id, near, id, (incrementing, ids, last) => {
        const sorted = ids.toSorted((a, b) => Number(a - b));
        const cursor: Cursor = { table: 'public.t', incrementing, intent: { ...intent, ids: sorted, last } };
        expect(parseCursor(printCursor(cursor), 'key')).toEqual(cursor);
      }),
    );
    expect(parseCursor(printCursor({ table: 'public.t' }), 'key')).toEqual({ table: 'public.t' });
  });

  test.each([
    ['{"version":2,"table":"t"}', 'it has version 2, this program reads 1'],
    ['{"version":1,"table":"t","incrementing":7}', 'incrementing is no integer in a string'],
    ['{"version":1}', 'table is no string'],
    ['{"version":1,"table":"t","intent":{"owner":"o","until":1,"ends":[1.5]}}', 'intent.ends is no integer'],
    ['nothing', 'is no cursor of this program'],
  ])('%s is refused', (body, why) => {
    expect(() => parseCursor(Buffer.from(body), 'source/c/t.json')).toThrow(why);
    expect(() => parseCursor(Buffer.from(body), 'source/c/t.json')).toThrow('State object source/c/t.json');
  });
});
