// What a piece of work took, by the clock and of the process's own time.
import { performance } from 'node:perf_hooks';
import { median } from './machine';

/** Milliseconds; those of CPU are of all the process's threads, and other work on the machine stretches them less. */
export interface Took {
  readonly wall: number;
  readonly cpu: number;
}

export function now(): Took {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}

export function between(start: Took, end: Took): Took {
  return { wall: end.wall - start.wall, cpu: end.cpu - start.cpu };
}

export function medians(all: readonly Took[]): Took {
  return { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) };
}
