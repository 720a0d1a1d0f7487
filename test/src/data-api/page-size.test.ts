import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { grown, shrunk } from '../../../src/data-api/page-size';

const LIMIT = 1024 ** 2;

/** A reader of rows of one size: what it asks for, and whether it fits. */
function read(rowBytes: number, wanted: number): { size: number; answers: number; refusals: number } {
  let size = wanted;
  let refusals = 0;
  for (let answers = 1; ; ) {
    const asked = Math.min(wanted, size);
    if (asked * rowBytes > LIMIT) {
      refusals += 1;
      size = shrunk(asked);
      continue;
    }
    size = grown(asked, { rows: asked, bytes: asked * rowBytes });
    if (answers === 20) return { size: Math.min(wanted, size), answers, refusals };
    answers += 1;
  }
}

describe('the size of a page', () => {
  test('comes to what fits, of rows that are alike, and stays there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LIMIT }), fc.integer({ min: 1, max: 100_000 }), (rowBytes, wanted) => {
        const { size, refusals } = read(rowBytes, wanted);
        expect(size * rowBytes).toBeLessThanOrEqual(LIMIT);
        expect(size).toBeGreaterThanOrEqual(Math.min(wanted, Math.max(1, Math.floor(LIMIT / 2 / rowBytes))));
        // Four times less each time: never more than log4 of the limit.
        expect(refusals).toBeLessThanOrEqual(9);
      }),
    );
  });

  test('is at least one row', () => {
    expect(shrunk(1)).toBe(1);
    expect(grown(1, { rows: 1, bytes: LIMIT })).toBe(1);
  });

  test('stays as it is when there was nothing to read, and grows by four at most', () => {
    expect(grown(62, { rows: 0, bytes: 0 })).toBe(62);
    expect(grown(62, { rows: 62, bytes: 62 })).toBe(248);
  });
});
