// How many rows are asked for at once, so that an answer stays under the Data API's limit.
import { lengthBehind } from '../postgres/page-length';

/** The Data API ends a call whose answer has more than 1 MiB; rows differ in size, so an average page has less. */
const WANTED_BYTES = 640 * 1024;
const STEP = 4;

/** After an answer that was too large. At least one row. */
export function shrunk(rows: number): number {
  return Math.max(1, Math.floor(rows / STEP));
}

/** After an answer of so many rows and bytes. */
export function grown(rows: number, answer: { readonly rows: number; readonly bytes: number }): number {
  return lengthBehind(rows, answer, { bytes: WANTED_BYTES, growth: STEP });
}
