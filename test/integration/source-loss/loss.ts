// The full runs: `npm run test:loss -- --seconds 30 --seed 1`; prints what each poller lost, and fails when one of ours did.
import { parseArgs } from 'node:util';
import { startServers } from '../../../local/servers/all';
import { announce } from '../environment';
import { naiveWays } from './naive-pollers';
import { type Judged, type LossRun, runLoss } from './run';

type Variant = Pick<LossRun, 'drawing' | 'modes' | 'naive'> & {
  /** Modes that are run for comparison: they cannot be without loss here. */
  readonly compared?: LossRun['modes'];
};

const variants: readonly Variant[] = [
  { drawing: 'same transaction', modes: ['fence'], naive: naiveWays },
  { drawing: 'same transaction', modes: ['xid8'], naive: ['id > last'] },
  { drawing: 'earlier transaction', modes: ['xid8'], compared: ['fence'], naive: naiveWays },
  { drawing: 'same transaction', modes: ['timestamp'], naive: ['id > last'] },
  { drawing: 'same transaction', modes: ['timestamp+incrementing'], naive: ['id > last'] },
];

const LONG_MS = 3000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '30' },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      only: { type: 'string' },
    },
  });
  const { seconds, seed, only } = values;
  console.log(`Seed ${seed}, ${seconds} s a variant`);
  // No test of these needs S3.
  const servers = await startServers({ env: { CONNECTLESS_S3_ENDPOINT: 'http://127.0.0.1:9', ...process.env } });
  announce(servers);
  let isWhole = true;
  try {
    for (const variant of variants.filter(({ modes }) => only === undefined || modes.join() === only)) {
      const isGood = await runVariant(variant, Number(seconds) * 1000, Number(seed));
      isWhole &&= isGood;
    }
  } finally {
    await servers.stop();
  }
  console.log(isWhole ? `Nothing lost, nothing double (seed ${seed})` : `FAILED (seed ${seed})`);
  if (!isWhole) process.exitCode = 1;
}

async function runVariant({ compared = [], ...variant }: Variant, forMs: number, seed: number): Promise<boolean> {
  const modes = [...variant.modes, ...compared];
  const judged = await runLoss({ ...variant, modes, seed, forMs, longMs: LONG_MS });
  console.log(`\nIds drawn in the ${variant.drawing}`);
  console.table(Object.fromEntries(judged.map((one) => [one.poller, printed(one)])));
  const naive = judged.find(({ poller }) => poller === 'id > last');
  const ours = judged.filter(({ poller }) => variant.modes.some((mode) => mode === poller));
  const isWhole = ours.every(({ lost, double, disordered }) => lost + double + disordered === 0);
  if (!isWhole) for (const { lines } of ours) for (const line of lines) console.error(line);
  if (naive?.lost === 0) console.error('id > last lost nothing: these writers prove nothing');
  return isWhole && naive?.lost !== 0;
}

function printed({ rows, lost, double, disordered, longestFenceWait }: Judged) {
  const wait = longestFenceWait === undefined ? '' : `${longestFenceWait} ms`;
  return { rows, lost, double, 'out of order': disordered, 'longest wait': wait };
}

void main();
