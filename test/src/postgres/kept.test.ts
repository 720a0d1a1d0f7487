import { describe, expect, test } from '@jest/globals';
import { kept } from '../../../src/postgres/kept';

/** A fact that is its number; the asks with these numbers fail. */
function counted(...failing: readonly number[]) {
  let asked = 0;
  return kept(async () => {
    asked += 1;
    if (failing.includes(asked)) throw new Error(`ask ${asked}`);
    return asked;
  }, 600_000);
}

describe('a fact of the catalog', () => {
  test('is asked for once, by several at a time, too', async () => {
    const fact = counted();
    expect(await Promise.all([fact.get(), fact.get(), fact.use(async (one) => one)])).toEqual([1, 1, 1]);
  });

  test('is asked for again when it is too old', async () => {
    let asked = 0;
    const fact = kept(async () => ++asked, -1);
    expect([await fact.get(), await fact.get()]).toEqual([1, 2]);
  });

  test('that could not be had is asked for again, by whoever comes next', async () => {
    const fact = counted(1);
    const first = await Promise.allSettled([fact.get(), fact.get()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await fact.get()).toBe(2);
    expect(await fact.get()).toBe(2);
  });

  test('is asked for again when what was made of it failed', async () => {
    const fact = counted();
    const failing = fact.use(async () => {
      throw new Error('gone');
    });
    await expect(failing).rejects.toThrow('gone');
    expect(await fact.use(async (one) => one)).toBe(2);
  });
});
