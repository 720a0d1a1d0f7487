// Runs many schedules of the sink's protocol: `npm run simulate -- --schedules 10000 --seed 1`; a failing seed prints its story.
import './quiet';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { loadFormats } from './load-formats';
import { minimised } from './minimised';
import { runSchedule } from './schedule';
import { shortened } from './story';
import { faultsOf } from './verdict';

/** Seeds, each a schedule's. */
interface Seeds {
  readonly first: number;
  readonly count: number;
}

// Fewer are done before another process has started.
const WORTH_A_PROCESS = 200;
const PROGRESS_MS = 2_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { schedules: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const [first, count] = [Number(values.seed), Number(values.schedules)];
  if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
    throw new Error('--schedules and --seed take whole numbers');
  }
  const start = performance.now();
  const share = process.send === undefined ? Math.ceil(count / availableParallelism()) : count;
  if (share < count && share >= WORTH_A_PROCESS) await inProcesses({ first, count }, share);
  else await runAll({ first, count });
  if (process.exitCode !== undefined || process.send !== undefined) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${count} schedules from seed ${first}: all leave the files of a single writer (${seconds} s)`);
}

/** One process a core. */
async function inProcesses({ first, count }: Seeds, share: number): Promise<void> {
  const done: number[] = [];
  const show = setInterval(() => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done.reduce((sum, part) => sum + part, 0)} of ${count}`);
  }, PROGRESS_MS);
  const codes = await Promise.all(
    Array.from({ length: Math.ceil(count / share) }, async (_, part) => {
      const from = first + part * share;
      const schedules = Math.min(share, first + count - from);
      const child = fork(__filename, ['--seed', String(from), '--schedules', String(schedules)]);
      child.on('message', (message) => {
        done[part] = Number(message);
      });
      return (await once(child, 'exit'))[0];
    }),
  );
  clearInterval(show);
  if (process.stderr.isTTY) process.stderr.write('\r');
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}

async function runAll({ first, count }: Seeds): Promise<void> {
  await loadFormats();
  for (let seed = first; seed < first + count; seed += 1) {
    const faults = await faultsOf(await runSchedule(seed));
    if (faults.length > 0) return tell(seed);
    process.send?.(seed - first + 1);
  }
}

async function tell(seed: number): Promise<void> {
  const { faults, world } = await minimised(seed);
  console.error([...faults, '', ...shortened(world.story)].join('\n'));
  console.error(`\nAgain: npm run simulate -- --schedules 1 --seed ${seed}`);
  process.exitCode = 1;
}

void main();
