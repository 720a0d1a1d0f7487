// The processes of a schedule: new ones with the configuration of the day, and warm ones.
import type { DeadLetter } from '../../src/sink/dead-letters/letter';
import type { DeadLetterQueue } from '../../src/sink/dead-letters/queue';
import { sinkOn } from '../../src/sink/sink';
import { recordedMetrics } from '../src/metrics/recorded';
import type { Run, Worker } from './run';
import { failingRegistry } from './strangers';
import { noting, type Writer } from './transitions';

/** One that is free, its clock set. */
export async function anyWorker(run: Run, does: Pick<Writer, 'isFlush' | 'closesAll'>): Promise<Worker> {
  const { random: choose, clock, profile } = run;
  clock.now += choose.pick(profile.steps);
  const worker = choose.chance(profile.warmth) ? (takeIdle(run) ?? newWorker(run)) : newWorker(run);
  worker.at = { ...worker.at, ...does, now: clock.now };
  // Loaded now: it takes turns of the event loop, and a seed must repeat its schedule.
  await worker.sink.rules('prices');
  return worker;
}

/** Any warm process: what it remembers may be older than what others have done since. */
function takeIdle({ idle, random: choose }: Run): Worker | undefined {
  return idle.splice(choose.integer(0, Math.max(0, idle.length - 1)), 1)[0];
}

function newWorker(run: Run): Worker {
  run.workers += 1;
  const id = run.workers;
  const { config } = run;
  const deadLetters: DeadLetterQueue = {
    send: async (letters) => void run.deadLetters.push(...letters.map(placeOf)),
  };
  const worker: Worker = {
    id,
    at: { config, now: 0, isFlush: false, closesAll: false },
    sink: sinkOn(
      config,
      run.calls.by(
        id,
        noting(run.state, () => worker.at, run.transitions),
      ),
      run.calls.by(id, run.bucket),
      failingRegistry(run),
      recordedMetrics(),
      { now: () => worker.at.now, deadLetters: run.calls.by(id, deadLetters) },
    ),
  };
  return worker;
}

/** `partition/offset`, from the headers that say where a dead letter comes from. */
function placeOf({ headers = [] }: DeadLetter): string {
  const text = (name: string) => headers.find(([header]) => header === `__connect.errors.${name}`)?.[1]?.toString();
  return `${text('partition')}/${text('offset')}`;
}
