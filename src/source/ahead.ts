// Ids that were read ahead of their sequence: rows that came with ids of their own.

/** First and last id, each id between them among the read ones. Ascending, apart from one another. */
export type IdRun = readonly [first: bigint, last: bigint];

export function isIn(runs: readonly IdRun[], id: bigint): boolean {
  return runs.some(([first, last]) => first <= id && id <= last);
}

/** With ids more, in any order. */
export function withIds(runs: readonly IdRun[], ids: readonly bigint[]): readonly IdRun[] {
  const all: IdRun[] = [...runs, ...ids.map((id): IdRun => [id, id])].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const joined: [bigint, bigint][] = [];
  for (const [first, last] of all) {
    const before = joined.at(-1);
    if (before === undefined || first > before[1] + 1n) joined.push([first, last]);
    else if (last > before[1]) before[1] = last;
  }
  return joined;
}

/** Without those that the position has reached. */
export function above(runs: readonly IdRun[], position: bigint): readonly IdRun[] {
  return runs
    .filter(([, last]) => last > position)
    .map(([first, last]) => [first > position ? first : position + 1n, last]);
}

/** The last id up to which, from `after` on, all ids have been read: where the next query begins. */
export function skip(runs: readonly IdRun[], after: bigint | undefined): bigint | undefined {
  if (after === undefined) return undefined;
  return runs.find(([first, last]) => first <= after + 1n && after + 1n <= last)?.[1] ?? after;
}
