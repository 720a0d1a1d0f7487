// Two workers take the same rows at once; one is frozen in the middle of an invocation, and wakes much later.
import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../simulation/random';
import { judged, type Outcome, producer, type Rows, startWorker, type Worker, waitFor } from './run';
import { sinkProcess } from './sink-process';
import { sinkSite } from './sink-site';

export interface FreezesOptions extends Rows {
  readonly seed: number;
  readonly freezes: number;
  readonly frozenMs: number;
  readonly partitions: number;
  readonly flushSize: number;
  readonly rotateScheduleMs?: number;
}

export async function runFreezes(options: FreezesOptions): Promise<Outcome> {
  const { partitions, flushSize, rotateScheduleMs } = options;
  const clock = { 'rotate.schedule.interval.ms': String(rotateScheduleMs), timezone: 'UTC' };
  const site = await sinkSite({
    partitions,
    properties: { 'flush.size': String(flushSize), ...(rotateScheduleMs === undefined ? {} : clock) },
  });
  return judged(site, options, async () => {
    const workers = ['one', 'other'].map((name) => startWorker(site, sinkProcess(site, name)));
    const source = producer(site, options);
    try {
      await freezeAll(options, workers, source.produce);
    } finally {
      for (const { process } of workers) process.signal('SIGCONT');
      await Promise.all([...workers.map((worker) => worker.stop()), source.close()]);
    }
  });
}

/** Rows come before, during and after each time; the other worker takes all that there are before the frozen one wakes. */
async function freezeAll(
  { seed, rows, freezes, frozenMs }: FreezesOptions,
  workers: readonly Worker[],
  produce: (until: number) => Promise<void>,
): Promise<void> {
  const chance = random(seed);
  const steps = 2 * freezes + 1;
  for (let step = 1; step < steps; step += 2) {
    const producing = produce(Math.floor((rows * step) / steps));
    const frozen = workers[chance.integer(0, 1)];
    if (frozen === undefined) break;
    await waitFor('an invocation to freeze', workers, frozen.process.busy);
    await sleep(chance.integer(0, LONGEST_MS));
    frozen.process.signal('SIGSTOP');
    const thawAt = Date.now() + frozenMs;
    await producing;
    const produced = Math.floor((rows * (step + 1)) / steps);
    await produce(produced);
    const others = workers.filter((worker) => worker !== frozen);
    await waitFor('the other goes on', workers, () => others.every((other) => other.delivered() >= produced));
    await sleep(Math.max(0, thawAt - Date.now()));
    frozen.process.signal('SIGCONT');
  }
  await produce(rows);
  await waitFor('all rows are safe', workers, () => workers.every((worker) => worker.delivered() >= rows));
}

const LONGEST_MS = 500;
