// What keeps rows from being read although nothing is broken, said once or now and then.
import type { FenceWork } from './fence-wait';

interface Warnings {
  /** `top` is the table's own largest id. */
  noSequence(): void;
  setBack(top: bigint, position: bigint | undefined): void;
  /** Looks into the table, at most once a minute. */
  beyondSequence(): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;

export function incrementingWarnings(
  reader: { beyondSequence(): Promise<bigint | undefined> },
  { table, invocation, report }: FenceWork,
): Warnings {
  let saidNoSequence = false;
  let lookAt = Number.NEGATIVE_INFINITY;

  return {
    noSequence: () => {
      if (saidNoSequence) return;
      saidNoSequence = true;
      report.warn(
        'The incrementing column has no sequence: a row whose id is drawn before its transaction begins may be passed over. Give the column a DEFAULT nextval or make it an identity column.',
        { table },
      );
    },
    setBack: (top, position) => {
      report.warn(
        'The sequence was set back below the cursor (TRUNCATE … RESTART IDENTITY, setval, or a table made anew): its rows are not read until it passes the cursor. To read the table from its first row: connectless offsets reset.',
        { table, sequence: String(top), cursor: String(position) },
      );
    },
    // Reading such rows would move the cursor past ids that are still to be drawn, and their rows would be lost.
    beyondSequence: async () => {
      if (invocation.now() < lookAt) return;
      lookAt = invocation.now() + LOOK_EVERY_MS;
      const id = await reader.beyondSequence();
      if (id === undefined) return;
      report.warn(
        'There are rows with ids that the sequence has not reached (they were inserted with ids of their own): they are read when it has. To read them now, set the sequence to the largest id with setval.',
        { table, firstId: String(id) },
      );
    },
  };
}
