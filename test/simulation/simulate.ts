// Runs many schedules of the sink's protocol: `npm run simulate -- --schedules 10000 --seed 1`; a failing seed prints its story.
import './quiet';
import { parseArgs } from 'node:util';
import { loadFormats } from './load-formats';
import { minimised } from './minimised';
import { runSchedule } from './schedule';
import { shortened } from './story';
import { faultsOf } from './verdict';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { schedules: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const first = Number(values.seed);
  const schedules = Number(values.schedules);
  if (!Number.isInteger(first) || !Number.isInteger(schedules) || schedules < 1) {
    throw new Error('--schedules and --seed take whole numbers');
  }
  await loadFormats();
  const start = performance.now();
  for (let seed = first; seed < first + schedules; seed += 1) {
    const world = await runSchedule(seed);
    const faults = await faultsOf(world);
    if (faults.length === 0) continue;
    const short = await minimised(seed);
    console.error([...short.faults, '', ...shortened(short.world.story)].join('\n'));
    console.error(`\nAgain: npm run simulate -- --schedules 1 --seed ${seed}`);
    process.exitCode = 1;
    return;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${schedules} schedules from seed ${first}: all leave the files of a single writer (${seconds} s)`);
}

void main();
