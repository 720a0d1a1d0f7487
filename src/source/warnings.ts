// What keeps rows from being read although nothing is broken, said once or now and then.
import type { FenceWork } from './fence-wait';

interface Warnings {
  /** `top` is the table's own largest id. */
  noSequence(): void;
  setBack(top: bigint, position: bigint | undefined): void;
}

export function incrementingWarnings({ table, report }: Pick<FenceWork, 'table' | 'report'>): Warnings {
  let saidNoSequence = false;

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
  };
}
