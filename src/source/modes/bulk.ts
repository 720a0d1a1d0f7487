// mode=bulk: the whole table again and again, each copy one snapshot.

import { ConnectlessError } from '../../errors';
import type { Invocation } from '../invocation';
import type { Mode, Page } from '../mode';
import type { Position } from '../position';
import type { Column } from '../record/column';
import type { Row } from '../table';

/** The database's side of this mode. */
export interface BulkReader {
  columns(): Promise<readonly Column[]>;
  /** All rows as of one moment, in parts. */
  copy(): AsyncIterable<{ readonly columns: readonly Column[]; readonly rows: readonly Row[] }>;
}

export interface BulkWork {
  /** `schema.table`, or `query` */
  readonly table: string;
  readonly invocation: Invocation;
  readonly pollIntervalMs: number;
}

type Part = Pick<Page, 'columns' | 'rows'>;

/** A copy that is under way, and its next part; undefined: there is none. */
interface Copy {
  readonly parts: AsyncIterator<Part>;
  next: Part | undefined;
}

/** A copy that is interrupted is made anew from its beginning, as Connect's is: its snapshot is gone. */
export function bulkMode(reader: BulkReader, work: BulkWork): Mode {
  const { invocation, table, pollIntervalMs } = work;
  // A part of an old copy may still be on its way when a new one has begun.
  let current: Copy | undefined;

  const close = async (): Promise<void> => {
    const copy = current;
    current = undefined;
    await copy?.parts.return?.();
  };
  const begin = async (): Promise<void> => {
    await close();
    const copy: Copy = { parts: reader.copy()[Symbol.asyncIterator](), next: undefined };
    current = copy;
    await advance(copy);
  };

  return {
    table,
    columns: reader.columns,
    mayRepeat: true,
    look: async ({ copied = Number.NEGATIVE_INFINITY }) => {
      const now = invocation.now();
      if (now < copied + pollIntervalMs) return 'idle';
      await begin();
      return { through: { copied: now }, isAll: true };
    },
    page: async (after: Position, through: Position) => {
      const part = current?.next;
      if (current === undefined || part === undefined) return { columns: [], rows: [], last: through, isLast: true };
      const copy = current;
      await advance(copy);
      const isLast = copy.next === undefined;
      return { ...part, last: isLast ? through : after, isLast };
    },
    unfinished: () => unfinished(table),
    close,
  };
}

async function advance(copy: Copy): Promise<void> {
  const result = await copy.parts.next();
  copy.next = result.done ? undefined : result.value;
}

function unfinished(table: string): ConnectlessError {
  return new ConnectlessError(
    'COPY_UNFINISHED',
    `A copy of ${table} was not finished when the invocation's time was over: the next one begins anew, and rows that are in the topic come again. Raise connectless.function.timeout.ms (up to 900000) until a copy fits, or read by mode=incrementing.`,
    { retryable: true },
  );
}
