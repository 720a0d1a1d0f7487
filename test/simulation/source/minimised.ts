// The shortest story that a failing seed still tells: fewer transactions, fewer faults.

import { random } from '../random';
import { type Most, sourceProfile } from './profile';
import { runSourceSchedule } from './schedule';
import { faultsOf } from './verdict';

interface Failure {
  readonly faults: readonly string[];
  readonly story: readonly string[];
}

/** Of a seed that fails as it is. */
export async function minimisedSource(seed: number): Promise<Failure> {
  let shortest = await outcome(seed);
  const { faults, transactions } = sourceProfile(random(seed));
  for (const fewer of smaller([0, 1, 2, 3, 5], faults)) {
    for (const least of smaller([4, 8, 12], transactions)) {
      for (const more of [{}, { tables: 1, strangers: 0, skewMs: 0 }]) {
        const next = await outcome(seed, { ...more, faults: fewer, transactions: least });
        if (next.faults.length > 0 && next.story.length < shortest.story.length) shortest = next;
      }
    }
  }
  return shortest;
}

function smaller(numbers: readonly number[], than: number): readonly number[] {
  return [...numbers.filter((number) => number < than), than];
}

/** Calls that went well say nothing. */
async function outcome(seed: number, most?: Most): Promise<Failure> {
  const world = await runSourceSchedule(seed, {}, most);
  return { faults: faultsOf(world), story: world.story.filter((line) => !/: (answered|ends|starts)$/.test(line)) };
}
