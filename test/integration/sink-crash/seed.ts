// The seed of a run: CONNECTLESS_SEED repeats one that failed.

/** Another one each time, unless it is given; a failing test shows it. */
export function newSeed(): number {
  return Number(process.env.CONNECTLESS_SEED ?? Math.floor(Math.random() * 100_000));
}
