// How many rows are asked for at once, so that an answer stays under the Data API's limit.

/** The Data API ends a call whose answer has more than 1 MiB; rows differ in size, so an average page has less. */
const WANTED_BYTES = 640 * 1024;
const STEP = 4;

/** After an answer that was too large. At least one row. */
export function shrunk(rows: number): number {
  return Math.max(1, Math.floor(rows / STEP));
}

/** After an answer of so many rows and bytes: what would fit if the next rows are like these, in steps that are not too bold. */
export function grown(rows: number, answer: { readonly rows: number; readonly bytes: number }): number {
  if (answer.rows === 0) return rows;
  const fitting = Math.floor((WANTED_BYTES * answer.rows) / Math.max(1, answer.bytes));
  return Math.max(1, Math.min(fitting, rows * STEP));
}
