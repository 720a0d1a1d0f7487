// Runs many schedules of the protocols: `npm run simulate -- --schedules 10000 --seed 1 [--of source|sink]`; a failing seed prints its story.
import './quiet';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { loadFormats } from './load-formats';
import { minimised } from './minimised';
import { runSchedule } from './schedule';
import { minimisedSource } from './source/minimised';
import { runSourceSchedule } from './source/schedule';
import { faultsOf as sourceFaultsOf } from './source/verdict';
import { shortened } from './story';
import { faultsOf } from './verdict';

/** Seeds, each a schedule's. */
interface Seeds {
  readonly first: number;
  readonly count: number;
}

interface Protocol {
  /** What every schedule is to do. */
  readonly promise: string;
  faults(seed: number): Promise<readonly string[]>;
  /** Of a failing seed. */
  story(seed: number): Promise<readonly string[]>;
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  source: {
    promise: 'all bring each row once, in order, and copies whole',
    faults: async (seed) => sourceFaultsOf(await runSourceSchedule(seed)),
    story: async (seed) => {
      const { faults, story } = await minimisedSource(seed);
      return [...faults, '', ...story];
    },
  },
  sink: {
    promise: 'all leave the files of a single writer',
    faults: async (seed) => faultsOf(await runSchedule(seed)),
    story: async (seed) => {
      const { faults, world } = await minimised(seed);
      return [...faults, '', ...shortened(world.story)];
    },
  },
};

// Fewer are done before another process has started.
const WORTH_A_PROCESS = 200;
const PROGRESS_MS = 2_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      of: { type: 'string' },
    },
  });
  const [first, count] = [Number(values.seed), Number(values.schedules)];
  if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
    throw new Error('--schedules and --seed take whole numbers');
  }
  for (const [name, protocol] of Object.entries(PROTOCOLS)) {
    if (values.of === undefined || values.of === name) await simulate(name, protocol, { first, count });
  }
  if (values.of !== undefined && PROTOCOLS[values.of] === undefined) throw new Error('--of takes source or sink');
}

async function simulate(name: string, protocol: Protocol, { first, count }: Seeds): Promise<void> {
  const start = performance.now();
  const share = process.send === undefined ? Math.ceil(count / availableParallelism()) : count;
  const isWhole =
    share < count && share >= WORTH_A_PROCESS
      ? await inProcesses(name, { first, count }, share)
      : await runAll(name, protocol, { first, count });
  if (!isWhole) process.exitCode = 1;
  if (!isWhole || process.send !== undefined) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name}: ${count} schedules from seed ${first}: ${protocol.promise} (${seconds} s)`);
}

/** One process a core. False: a seed failed. */
async function inProcesses(name: string, { first, count }: Seeds, share: number): Promise<boolean> {
  const done: number[] = [];
  const show = setInterval(() => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${name}: ${done.reduce((sum, part) => sum + part, 0)} of ${count}`);
    }
  }, PROGRESS_MS);
  const codes = await Promise.all(
    Array.from({ length: Math.ceil(count / share) }, async (_, part) => {
      const from = first + part * share;
      const schedules = Math.min(share, first + count - from);
      const child = fork(__filename, ['--seed', String(from), '--schedules', String(schedules), '--of', name]);
      child.on('message', (message) => {
        done[part] = Number(message);
      });
      return (await once(child, 'exit'))[0];
    }),
  );
  clearInterval(show);
  if (process.stderr.isTTY) process.stderr.write('\r');
  return codes.every((code) => code === 0);
}

async function runAll(name: string, protocol: Protocol, { first, count }: Seeds): Promise<boolean> {
  await loadFormats();
  for (let seed = first; seed < first + count; seed += 1) {
    if ((await protocol.faults(seed)).length > 0) {
      console.error((await protocol.story(seed)).join('\n'));
      console.error(`\nAgain: npm run simulate -- --of ${name} --schedules 1 --seed ${seed}`);
      return false;
    }
    process.send?.(seed - first + 1);
  }
  return true;
}

void main();
