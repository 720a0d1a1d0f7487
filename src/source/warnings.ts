// What keeps rows from being read although nothing is broken, said once or now and then.
import type { Log } from '../log';
import type { Invocation } from './invocation';
import { qualified, type TableReader } from './table';

export interface Warnings {
  /** `top` is the table's own largest id. */
  noSequence(): void;
  setBack(top: bigint, cursor: bigint | undefined): void;
  /** Looks into the table, at most once a minute. */
  beyondSequence(): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;

export function tableWarnings(reader: TableReader, invocation: Invocation, log: Log): Warnings {
  const table = qualified(reader.table);
  let saidNoSequence = false;
  let lookAt = Number.NEGATIVE_INFINITY;

  return {
    noSequence: () => {
      if (saidNoSequence) return;
      saidNoSequence = true;
      log.warn(
        'The incrementing column has no sequence: a row whose id is drawn before its transaction begins may be passed over. Give the column a DEFAULT nextval or make it an identity column.',
        { table },
      );
    },
    setBack: (top, cursor) => {
      log.warn(
        'The sequence was set back below the cursor (TRUNCATE … RESTART IDENTITY, setval, or a table made anew): its rows are not read until it passes the cursor. To read the table from its first row, remove the cursor from the state.',
        { table, sequence: String(top), cursor: String(cursor) },
      );
    },
    // Reading such rows would move the cursor past ids that are still to be drawn, and their rows would be lost.
    beyondSequence: async () => {
      if (invocation.now() < lookAt) return;
      lookAt = invocation.now() + LOOK_EVERY_MS;
      const id = await reader.beyondSequence();
      if (id === undefined) return;
      log.warn(
        'There are rows with ids that the sequence has not reached (they were inserted with ids of their own): they are read when it has. To read them now, set the sequence to the largest id with setval.',
        { table, firstId: String(id) },
      );
    },
  };
}
