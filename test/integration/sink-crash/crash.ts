// The full runs on real servers: `npm run test:crash -- --seed 1`; ends with one line that says whether every row is there once.
import { parseArgs } from 'node:util';
import { startServers } from '../../../local/servers/all';
import { announce } from '../environment';
import { runFaulty } from '../s3-proxy/faulty-run';
import { sourceRuns } from '../source-crash/runs';
import { runFreezes } from './freezes';
import { runKills } from './kills';

const ROWS = { partitions: 4, length: 40, flushSize: 1000 };

type Run = (seed: number, scale: number) => Promise<{ readonly faults: readonly string[] }>;

/** The sink's each with rows that stay open at the end. */
const runs: Readonly<Record<string, Run>> = {
  kills: (seed, scale) => runKills({ ...ROWS, seed, kills: 20, rows: scale * 200_100 }),
  'kills-by-clock': (seed, scale) =>
    runKills({ ...ROWS, seed, kills: 20, rows: scale * 200_100, rotateScheduleMs: 1000 }),
  freezes: (seed, scale) => runFreezes({ ...ROWS, seed, freezes: 2, frozenMs: 20_000, rows: scale * 100_100 }),
  'freezes-by-clock': (seed, scale) =>
    runFreezes({ ...ROWS, seed, freezes: 2, frozenMs: 20_000, rows: scale * 100_100, rotateScheduleMs: 1000 }),
  'faulty-s3': (seed, scale) => runFaulty({ ...ROWS, seed, share: 0.05, silence: true, rows: scale * 200_100 }),
  'faulty-s3-parts': (seed, scale) =>
    runFaulty({ seed, share: 0.05, silence: true, partitions: 4, flushSize: 400, length: 40_000, rows: scale * 4_100 }),
  ...sourceRuns,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      only: { type: 'string' },
      scale: { type: 'string', default: '1' },
    },
  });
  const names = Object.keys(runs).filter((name) => values.only === undefined || name === values.only);
  if (names.length === 0) throw new Error(`--only takes one of ${Object.keys(runs).join(', ')}`);
  console.log(`Seed ${values.seed}`);
  const servers = await startServers();
  announce(servers);
  const failed: string[] = [];
  try {
    for (const name of names) {
      if (!(await runOne(name, Number(values.seed), Number(values.scale)))) failed.push(name);
    }
  } finally {
    await servers.stop();
  }
  for (const name of failed) console.error(`Again: npm run test:crash -- --only ${name} --seed ${values.seed}`);
  if (failed.length > 0) process.exitCode = 1;
  console.log(
    failed.length > 0
      ? `FAILED: ${failed.join(', ')}`
      : `All ${names.length} runs: each row once, no file changed, no upload left (seed ${values.seed})`,
  );
}

async function runOne(name: string, seed: number, scale: number): Promise<boolean> {
  const run = runs[name];
  if (run === undefined) return false;
  try {
    const { faults, ...seen } = await run(seed, scale);
    console.log(`${name}: ${JSON.stringify(seen)}`);
    for (const fault of faults.slice(0, MOST_FAULTS)) console.error(`  ${fault}`);
    return faults.length === 0;
  } catch (error) {
    console.error(`${name}:`, error);
    return false;
  }
}

const MOST_FAULTS = 20;

void main();
