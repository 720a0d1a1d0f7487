// What moves through a pipeline in a month.

export interface Load {
  /** That each connector moves. */
  readonly rowsPerDay: number;
  /** Of a record's value: Avro with the registry's 5 bytes in front. */
  readonly rowBytes: number;
}

/** As AWS's own calculator counts. */
export const MONTH = { hours: 730, minutes: 43_800, days: 730 / 24 } as const;

/** A record of some 30 columns, as docs/performance.md has it. */
export const DEFAULT_ROW_BYTES = 300;

/** Three an hour; a million a day; 1,157 a second. */
export const LOADS: readonly Load[] = [72, 1_000_000, 100_000_000].map((rowsPerDay) => ({
  rowsPerDay,
  rowBytes: DEFAULT_ROW_BYTES,
}));

export function rowsOf({ rowsPerDay }: Load): number {
  return rowsPerDay * MONTH.days;
}

export function gigabytesOf(load: Load): number {
  return (rowsOf(load) * load.rowBytes) / 1e9;
}
