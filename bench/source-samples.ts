// A process's memory, looked at a hundred times on its way through a table.

export interface Sample {
  readonly rows: number;
  readonly rssMb: number;
  /** Objects and buffers, garbage among them. */
  readonly heldMb: number;
}

const SAMPLES = 100;

export function sampled(rows: number): { counted(done: number): void; readonly taken: readonly Sample[] } {
  const taken: Sample[] = [];
  return {
    taken,
    counted: (done) => {
      if (done < (taken.length * rows) / SAMPLES) return;
      const { rss, heapUsed, external } = process.memoryUsage();
      taken.push({ rows: done, rssMb: rss / 2 ** 20, heldMb: (heapUsed + external) / 2 ** 20 });
    },
  };
}
