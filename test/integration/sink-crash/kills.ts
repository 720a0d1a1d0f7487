// SIGKILLs at random moments while rows go through the sink.
import { setTimeout as sleep } from 'node:timers/promises';
import { FLUSH_EVENT } from '../../../src/names';
import { type Random, random } from '../../simulation/random';
import { judged, type Outcome, producer, type Rows, startWorker, type Worker, waitFor } from './run';
import { type SinkProcess, sinkProcess } from './sink-process';
import { sinkSite } from './sink-site';

export interface KillsOptions extends Rows {
  readonly seed: number;
  readonly kills: number;
  readonly partitions: number;
  readonly flushSize: number;
  /** Closes files by the wall clock, too: then another process is invoked by the schedule, and killed as well. */
  readonly rotateScheduleMs?: number;
}

export interface KillsOutcome extends Outcome {
  /** Milliseconds into the invocation; undefined: the process was idle. */
  readonly kills: readonly (number | undefined)[];
  /** Invocations that failed and came again, by what they said. */
  readonly failures: Readonly<Record<string, number>>;
}

export async function runKills(options: KillsOptions): Promise<KillsOutcome> {
  const { partitions, flushSize, rotateScheduleMs } = options;
  const site = await sinkSite({
    partitions,
    properties: {
      'flush.size': String(flushSize),
      ...(rotateScheduleMs === undefined
        ? {}
        : { 'rotate.schedule.interval.ms': String(rotateScheduleMs), timezone: 'UTC' }),
    },
  });
  const kills: (number | undefined)[] = [];
  const workers: Worker[] = [];
  const outcome = await judged(site, options, async () => {
    const worker = startWorker(site, sinkProcess(site, 'worker'));
    workers.push(worker);
    const schedule = rotateScheduleMs === undefined ? undefined : startSchedule(sinkProcess(site, 'schedule'));
    const rows = producer(site, options);
    try {
      await killAll(options, { worker, schedule: schedule?.process, produce: rows.produce, kills });
    } finally {
      await Promise.all([worker.stop(), schedule?.stop(), rows.close()]);
    }
  });
  const failures = Object.fromEntries(workers.flatMap((worker) => [...worker.failures]));
  const skipped = workers.flatMap((worker) => worker.skipped);
  return { ...outcome, kills, failures, faults: [...skipped, ...outcome.faults] };
}

interface Running {
  readonly worker: Worker;
  readonly schedule: SinkProcess | undefined;
  readonly produce: (until: number) => Promise<void>;
  readonly kills: (number | undefined)[];
}

/** Between two kills goes an equal share of the rows. */
async function killAll({ seed, rows, kills: wanted }: KillsOptions, running: Running): Promise<void> {
  const { worker, schedule, produce, kills } = running;
  const chance = random(seed);
  for (let kill = 1; kill <= wanted; kill += 1) {
    const produced = Math.floor((rows * kill) / (wanted + 1));
    await produce(produced);
    const victim = schedule !== undefined && chance.chance(1 / 4) ? schedule : worker.process;
    kills.push(await killOne(victim, worker, { chance, produced }));
  }
  await produce(rows);
  await waitFor('all rows are safe', [worker], () => worker.delivered() >= rows);
}

/** In an invocation; between two when there is nothing more to do. */
async function killOne(
  victim: SinkProcess,
  worker: Worker,
  { chance, produced }: { chance: Random; produced: number },
): Promise<number | undefined> {
  for (;;) {
    const isIdle = () => worker.delivered() >= produced && !worker.process.busy();
    await waitFor('an invocation to kill', [worker], () => victim.busy() || isIdle());
    const start = performance.now();
    const moment = chance.integer(0, LONGEST_MS);
    while (performance.now() - start < moment && victim.busy()) await sleep(1);
    const isBusy = victim.busy();
    if (!isBusy && !isIdle()) continue;
    if (victim.signal('SIGKILL')) return isBusy ? Math.round(performance.now() - start) : undefined;
  }
}

/** About the time of a cold start and a large event. */
const LONGEST_MS = 900;

/** The flush schedule: invokes again and again, whatever becomes of it. */
function startSchedule(process: SinkProcess) {
  let isOver = false;
  const invoking = (async () => {
    while (!isOver) {
      await process.invoke(FLUSH_EVENT).catch(() => {});
      await sleep(200);
    }
  })();
  return {
    process,
    async stop() {
      isOver = true;
      await invoking;
      await process.end();
    },
  };
}
