// The shortest story that a failing seed still tells: fewer records, fewer faults.
import type { Most } from './run';
import { runSchedule } from './schedule';
import { faultsOf } from './verdict';
import type { World } from './world';

interface Failure {
  readonly world: World;
  readonly faults: readonly string[];
}

/** Of a seed that fails as it is. */
export async function minimised(seed: number): Promise<Failure> {
  let shortest = await outcome(seed);
  for (const faults of [0, 1, 2, 3, 5, 12]) {
    for (const records of [1, 2, 3, 5, 8, 13, 21, 40]) {
      const next = await outcome(seed, { records, faults });
      if (next.faults.length > 0 && next.world.story.length < shortest.world.story.length) shortest = next;
    }
  }
  return shortest;
}

async function outcome(seed: number, most?: Most): Promise<Failure> {
  const world = await runSchedule(seed, most);
  return { world, faults: await faultsOf(world) };
}
