// Rows with ids of their own beside those of the sequence: each is read once, and none keeps another from being read.
import { describe, expect, test } from '@jest/globals';
import type { FenceReading } from '../../../../src/source/fence-rule';
import { type IncrementingReader, incrementingMode } from '../../../../src/source/modes/incrementing';
import type { Position } from '../../../../src/source/position';
import { recordedMetrics } from '../../metrics/recorded';

const columns = [{ name: 'id', declared: 'bigint', type: 'int8', isEnum: false, typmod: -1, nullable: false }];

function table(sequence: bigint, present: bigint[] = [], pageRows = 2) {
  const ids = present;
  const lines: string[] = [];
  let now = 0;
  let top = sequence;
  const sorted = () => ids.toSorted((a, b) => (a < b ? -1 : 1));
  const page = (found: readonly bigint[], more: boolean) => ({
    columns,
    idIndex: 0,
    rows: found.map((id) => [String(id)]),
    more,
  });
  const reader: IncrementingReader = {
    columns: async () => columns,
    fence: async (): Promise<FenceReading> => {
      const highest = sorted().at(-1);
      return { top, from: 'sequence', holders: [], ...(highest === undefined ? {} : { highest }) };
    },
    describe: async () => [],
    page: async (after, through) => {
      const found = sorted().filter((id) => (after === undefined || id > after) && id <= through);
      return page(found.slice(0, pageRows), found.length >= pageRows);
    },
    rows: async (wanted) =>
      page(
        sorted().filter((id) => wanted.includes(id)),
        false,
      ),
  };
  const keep = (message: string) => void lines.push(message);
  const invocation = { id: 'one', now: () => now, remainingMs: () => 60_000, sleep: async () => undefined };
  const report = { debug: keep, info: keep, warn: keep, error: keep };
  const mode = incrementingMode(reader, { table: 'public.t', invocation, report, metrics: recordedMetrics() });
  let position: Position = {};
  let drained: Position | undefined;

  return {
    insert: (...more: bigint[]) => void ids.push(...more),
    draw: (to: bigint) => {
      for (top += 1n; top < to; top += 1n) ids.push(top);
      ids.push(top);
    },
    setval: (to: bigint) => {
      top = to;
    },
    wait: (ms: number) => {
      now += ms;
    },
    position: () => position,
    mode,
    /** Polls until a look finds nothing, and answers the ids in the order in which they came. */
    poll: async () => {
      const read: string[] = [];
      for (;;) {
        const look = await mode.look(position, drained);
        if (look === 'idle' || look === 'held') return read.join(' ');
        for (let isLast = false; !isLast; ) {
          const next = await mode.page(position, look.through);
          read.push(...next.rows.map(([id]) => id ?? ''));
          position = next.last;
          isLast = next.isLast;
        }
        drained = look.through;
      }
    },
  };
}

describe('mode=incrementing', () => {
  test('reads rows with ids of their own although the sequence has not reached them', async () => {
    const seeded = table(0n, [1n, 2n, 3n, 30_000_000_000n]);
    expect(await seeded.poll()).toBe('1 2 3 30000000000');
    expect(await seeded.poll()).toBe('');
  });

  test('reads what the sequence gives afterwards, below them', async () => {
    const t = table(0n);
    t.draw(2n);
    t.insert(30n, 31n);
    expect(await t.poll()).toBe('1 2 30 31');
    t.draw(5n);
    expect(await t.poll()).toBe('3 4 5');
    expect(t.position()).toEqual({ incrementing: 5n, ahead: [[30n, 31n]] });
  });

  test('reads none of them again when the sequence passes them, and forgets them', async () => {
    const t = table(0n, [3n, 4n, 5n, 9n]);
    expect(await t.poll()).toBe('3 4 5 9');
    t.insert(1n, 2n, 6n, 7n, 8n, 10n);
    t.setval(10n);
    expect(await t.poll()).toBe('1 2 6 7 8 10');
    expect(t.position()).toEqual({ incrementing: 10n });
  });

  test('finds another one below them within a minute', async () => {
    const t = table(0n, [50n]);
    expect(await t.poll()).toBe('50');
    t.insert(20n);
    expect(await t.poll()).toBe('');
    t.wait(60_000);
    expect(await t.poll()).toBe('20');
    t.insert(60n);
    expect(await t.poll()).toBe('60');
  });

  test('a page that is read late, after another look, moves no other page', async () => {
    const t = table(0n);
    t.draw(6n);
    const look = await t.mode.look({}, undefined);
    if (look === 'idle' || look === 'held') throw new Error('there is something to read');
    const late = t.mode.page({ incrementing: 4n }, look.through);
    await t.mode.look({}, undefined);
    await late;
    const { rows } = await t.mode.page({}, look.through);
    expect(rows.map(([id]) => id)).toEqual(['1', '2']);
  });

  test('stops when they are scattered over too many places to be remembered', async () => {
    const t = table(
      0n,
      Array.from({ length: 1100 }, (_, index) => BigInt(2 * index + 2)),
      200,
    );
    await expect(t.poll()).rejects.toThrow(/more than 1000 places .* setval/);
  });
});
