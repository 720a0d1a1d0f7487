// The source's full runs on real servers: what `npm run test:crash` adds to the sink's.
import { type CrashRun, type Outcome, runCrash, type Trouble } from './run';
import {
  atOnce,
  calm,
  crashKafka,
  crashPostgres,
  everyCut,
  failOver,
  freeze,
  kill,
  restartKafka,
  restartPostgres,
} from './troubles';

type Report = Omit<Outcome, 'log'>;

/** By name, as the sink's; each with writers, and another producer on the topics, all the time. */
export const sourceRuns: Readonly<Record<string, (seed: number) => Promise<Report>>> = {
  'source-kills': (seed) => reported({ seed, mode: 'incrementing', troubles: twentyKills }),
  'source-kills-xid8': (seed) => reported({ seed, mode: 'xid8', troubles: twentyKills }),
  'source-freezes': (seed) => reported({ seed, mode: 'incrementing', troubles: times(8, freeze(FROZEN_MS)) }),
  'source-cuts': (seed) => reported({ seed, mode: 'incrementing', troubles: [...everyCut(1500), ...everyCut(6000)] }),
  'source-cuts-xid8': (seed) => reported({ seed, mode: 'xid8', troubles: everyCut(3000) }),
  'source-restarts': (seed) => reported({ seed, mode: 'incrementing', troubles: times(3, ...everyRestart) }),
  'source-failover': (seed) => reported({ seed, mode: 'incrementing', hasStandby: true, troubles: failOverUnderLoad }),
  'source-failover-xid8': (seed) => reported({ seed, mode: 'xid8', hasStandby: true, troubles: failOverUnderLoad }),
  'source-all-at-once': (seed) =>
    reported({ seed, mode: 'incrementing', hasStandby: true, troubles: [...everythingAtOnce, ...failOverUnderLoad] }),
};

/** About two minutes of them. */
const twentyKills = Array.from({ length: 20 }, () => kill(11_000));
/** Longer than a lease and the request time-out. */
const FROZEN_MS = 7000;
const everyRestart: readonly Trouble[] = [
  restartPostgres,
  calm(3000),
  restartKafka,
  calm(3000),
  crashPostgres,
  calm(3000),
  crashKafka,
  calm(3000),
];
const failOverUnderLoad: readonly Trouble[] = [calm(5000), failOver(3000), calm(5000)];
const everythingAtOnce: readonly Trouble[] = [
  atOnce(kill(1000), crashKafka),
  calm(3000),
  atOnce(kill(1000), crashPostgres),
  calm(3000),
  atOnce(freeze(FROZEN_MS), restartKafka, restartPostgres),
  ...everyCut(2000).map((cut) => atOnce(cut, kill(2000))),
];

function times(count: number, ...troubles: readonly Trouble[]): Trouble[] {
  return Array.from({ length: count }, () => troubles).flat();
}

async function reported(run: CrashRun): Promise<Report> {
  const { log, ...outcome } = await runCrash(run);
  if (outcome.faults.length > 0) for (const line of log.slice(-LINES)) console.error(line);
  return outcome;
}

const LINES = 200;
