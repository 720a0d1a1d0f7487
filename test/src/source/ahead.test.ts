import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { above, isIn, skip, withIds } from '../../../src/source/ahead';

const id = fc.bigInt({ min: -20n, max: 20n });
const ids = fc.array(id);

describe('ids that were read ahead', () => {
  test('are kept as runs, apart from one another', () => {
    expect(withIds([], [3n, 1n, 2n, 9n])).toEqual([
      [1n, 3n],
      [9n, 9n],
    ]);
    expect(withIds([[1n, 3n]], [4n, 2n, 6n])).toEqual([
      [1n, 4n],
      [6n, 6n],
    ]);
  });

  test('are those that were added, and no others', () => {
    fc.assert(
      fc.property(ids, ids, id, (first, second, asked) => {
        const runs = withIds(withIds([], first), second);
        expect(isIn(runs, asked)).toBe([...first, ...second].includes(asked));
      }),
    );
  });

  test('are forgotten when the position has reached them', () => {
    fc.assert(
      fc.property(ids, id, id, (read, position, asked) => {
        const isLeft = read.includes(asked) && asked > position;
        expect(isIn(above(withIds([], read), position), asked)).toBe(isLeft);
      }),
    );
  });

  test('are stepped over without leaving out an id that was not read', () => {
    fc.assert(
      fc.property(ids, id, (read, after) => {
        const next = skip(withIds([], read), after) ?? after;
        for (let step = after + 1n; step <= next; step += 1n) expect(read).toContain(step);
        expect(read).not.toContain(next + 1n);
      }),
    );
    expect(skip([[1n, 3n]], undefined)).toBeUndefined();
  });
});
