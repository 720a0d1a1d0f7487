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

/** A copy that is interrupted is made anew from its beginning, as Connect's is: its snapshot is gone. */
export function bulkMode(reader: BulkReader, work: BulkWork): Mode {
  const { invocation, table, pollIntervalMs } = work;
  let copy: AsyncIterator<Part> | undefined;
  let next: Part | undefined;

  const advance = async (): Promise<void> => {
    const result = await copy?.next();
    next = result === undefined || result.done ? undefined : result.value;
  };
  const begin = async (): Promise<void> => {
    await copy?.return?.();
    copy = reader.copy()[Symbol.asyncIterator]();
    await advance();
  };

  return {
    table,
    columns: reader.columns,
    look: async ({ copied = Number.NEGATIVE_INFINITY }) => {
      const now = invocation.now();
      if (now < copied + pollIntervalMs) return 'idle';
      await begin();
      return { through: { copied: now }, isAll: true };
    },
    page: async (after: Position, through: Position) => {
      const part = next;
      if (part === undefined) return { columns: [], rows: [], last: through, isLast: true };
      await advance();
      const isLast = next === undefined;
      return { ...part, last: isLast ? through : after, isLast };
    },
    unfinished: () => unfinished(table),
  };
}

function unfinished(table: string): ConnectlessError {
  return new ConnectlessError(
    'COPY_UNFINISHED',
    `A copy of ${table} was not finished when the invocation's time was over: the next one begins anew, and rows that are in the topic come again. Raise connectless.function.timeout.ms (up to 900000) until a copy fits, or read by mode=incrementing.`,
    { retryable: true },
  );
}
