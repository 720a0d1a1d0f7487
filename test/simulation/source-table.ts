// A table made up for one schedule: transactions that draw ids, and commit, roll back or are prepared in any order.
import type { FenceReading, Holder } from '../../src/source/fence-rule';
import type { IdPage, IncrementingReader } from '../../src/source/modes/incrementing';
import type { Row } from '../../src/source/table';
import type { Random } from './random';
import type { VirtualClock } from './virtual-clock';

export interface SourceTable {
  /** Every row that was committed, by id. */
  readonly committed: ReadonlyMap<bigint, string>;
  /** Epoch milliseconds by id. */
  readonly committedAt: ReadonlyMap<bigint, number>;
  /** As an invocation sees it; `step` stands before every query. `fenced: false` leaves the holders out. */
  reader(step: (label: string) => Promise<void>, fenced: boolean): IncrementingReader;
  /** All transactions, to their end. */
  write(transactions: number): Promise<void>;
}

const text = { declared: 'text', type: 'text', isEnum: false, typmod: -1, nullable: true };
/** The id does not come first. */
const columns = [
  { ...text, name: 'v' },
  { name: 'id', declared: 'bigint', type: 'int8', isEnum: false, typmod: -1, nullable: false },
];

export function sourceTable(random: Random, clock: VirtualClock): SourceTable {
  const committed = new Map<bigint, string>();
  const committedAt = new Map<bigint, number>();
  const holders = new Map<number, Holder>();
  const pageRows = random.pick([1, 2, 3, 7, 50]);
  let sequence = random.pick([0n, 0n, -3n, 9_007_199_254_740_990n]);
  let transactions = 0;

  const transaction = async (longest: number) => {
    transactions += 1;
    const number = transactions;
    const drawn: bigint[] = [];
    for (let count = random.integer(1, 4); count > 0; count -= 1) {
      // nextval locks the sequence until the transaction ends.
      holders.set(number, { pid: 1000 + number, virtualTransaction: `${number % 5}/${number}` });
      sequence += 1n;
      drawn.push(sequence);
      await clock.sleep(random.integer(0, longest));
    }
    if (random.chance(0.1)) {
      holders.set(number, {
        pid: undefined,
        virtualTransaction: random.pick([`-1/${number}`, `${number % 5}/${number}`]),
      });
      await clock.sleep(random.integer(0, longest));
    }
    const commits = random.chance(0.85) ? drawn : [];
    for (const id of commits) {
      committed.set(id, `row ${id}`);
      committedAt.set(id, clock.now());
    }
    holders.delete(number);
  };

  const rowsOf = (isWanted: (id: bigint) => boolean): Row[] =>
    [...committed]
      .filter(([id]) => isWanted(id))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, value]) => [value, String(id)]);
  const page = (rows: Row[]): IdPage => ({ columns: columns.slice(), idIndex: 1, rows, more: rows.length >= pageRows });

  return {
    committed,
    committedAt,
    write: async (count) => {
      const writers = Array.from({ length: 4 }, async () => {
        for (let left = count / 4; left > 0; left -= 1) {
          await transaction(random.pick([0, 5, 300]));
          await clock.sleep(random.integer(0, 400));
        }
      });
      await Promise.all(writers);
    },
    reader: (step, fenced) => ({
      columns: async () => columns,
      fence: async (): Promise<FenceReading> => {
        await step('fence');
        const top = sequence;
        // The statements run one after the other.
        await clock.sleep(random.integer(0, 3));
        return { top, from: 'sequence', holders: fenced ? [...holders.values()] : [] };
      },
      page: async (after, through) => {
        await step('page');
        return page(rowsOf((id) => (after === undefined || id > after) && id <= through).slice(0, pageRows));
      },
      rows: async (ids) => {
        await step('rows');
        return page(rowsOf((id) => ids.includes(id)));
      },
      describe: async () => [],
      beyondSequence: async () => undefined,
    }),
  };
}
