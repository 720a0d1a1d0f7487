// How many rows the next page may have, from what those of the page before took.

export interface PageLimit {
  /** What a page should take. */
  readonly bytes: number;
  /** So many times as long as the page before at most: its rows may be wider. */
  readonly growth: number;
}

/** What would fit if the next rows are like these; at least one row. */
export function lengthBehind(
  length: number,
  page: { readonly rows: number; readonly bytes: number },
  { bytes, growth }: PageLimit,
): number {
  if (page.rows === 0) return length;
  const fitting = Math.floor((bytes * page.rows) / Math.max(1, page.bytes));
  return Math.max(1, Math.min(fitting, length * growth));
}
