import { describe, expect, test } from '@jest/globals';
import { decide, type FenceReading, type Holder, stillHeld } from '../../../src/source/fence-rule';

const live = (pid: number): Holder => ({ pid, virtualTransaction: `3/${pid}` });
const prepared = (xid: number): Holder => ({ pid: undefined, virtualTransaction: `-1/${xid}` });
const reading = (top: bigint | undefined, holders: Holder[] = [], from: FenceReading['from'] = 'sequence') => ({
  top,
  from,
  holders,
});

describe('decide', () => {
  test.each([
    ['an empty table without a sequence', reading(undefined, [], 'table'), undefined, undefined, 'idle'],
    ['nothing drawn since the cursor', reading(7n), 7n, undefined, 'idle'],
    ['nothing drawn since the last reading', reading(9n, [live(1)]), 7n, 9n, 'idle'],
    ['ids above the cursor', reading(9n), 7n, undefined, 'read'],
    ['the first reading', reading(9n), undefined, undefined, 'read'],
    ['negative ids', reading(-3n), -5n, undefined, 'read'],
    ['writers', reading(9n, [live(1)]), 7n, undefined, 'wait'],
    ['writers, but nothing drawn', reading(7n, [live(1)]), 7n, undefined, 'idle'],
    ['a sequence below the cursor', reading(3n), 7n, undefined, 'set-back'],
    ['a largest id below the cursor: the last rows were deleted', reading(3n, [], 'table'), 7n, undefined, 'idle'],
  ])('%s', (_, given, cursor, drained, kind) => {
    expect(decide(given, cursor, drained).kind).toBe(kind);
  });

  test('reads and waits for what was drawn when the holders were noted', () => {
    expect(decide(reading(9n), 7n, 8n)).toEqual({ kind: 'read', through: 9n });
    expect(decide(reading(9n, [live(1)]), 7n, 8n)).toEqual({ kind: 'wait', through: 9n, holders: [live(1)] });
  });
});

describe('stillHeld', () => {
  test.each<[string, Holder[], Holder[], Holder[]]>([
    ['those that are gone are not waited for', [live(1), live(2)], [live(2)], [live(2)]],
    ['those that came later are not waited for', [live(1)], [live(1), live(2), prepared(5)], [live(1)]],
    ['a pid with another transaction came later', [live(1)], [{ pid: 1, virtualTransaction: '3/99' }], []],
    ['one that is gone may have been prepared', [live(1), live(2)], [live(2), prepared(5)], [live(2), prepared(5)]],
    ['a prepared one that was waited for may end', [prepared(5)], [prepared(6), live(3)], []],
    [
      'one that is prepared under its old name is known again',
      [live(1)],
      [{ ...live(1), pid: undefined }, prepared(5)],
      [{ ...live(1), pid: undefined }],
    ],
    ['nobody is counted twice', [live(1), prepared(5)], [prepared(5)], [prepared(5)]],
  ])('%s', (_, waitedFor, now, expected) => {
    expect(stillHeld(waitedFor, now)).toEqual(expected);
  });
});
