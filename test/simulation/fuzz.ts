// Feeds the sink mutated records: `npm run fuzz -- --records 100000 --seed 1`; prints what became of them.
import './quiet';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/run';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { records: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const [records, seed] = [Number(values.records), Number(values.seed)];
  if (!Number.isInteger(records) || !Number.isInteger(seed) || records < 1) {
    throw new Error('--records and --seed take whole numbers');
  }
  const start = performance.now();
  const outcomes = await fuzz(records, seed);
  for (const { faults, ...seen } of outcomes) console.log(JSON.stringify(seen, null, 2));
  const faults = outcomes.flatMap(({ kind, faults: its }) => its.map((fault) => `${kind}: ${fault}`));
  for (const fault of faults.slice(0, MOST_FAULTS)) console.error(fault);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (faults.length === 0) {
    console.log(`${records} records from seed ${seed}: each written as it came, or reported (${seconds} s)`);
    return;
  }
  console.error(`\n${faults.length} faults. Again: npm run fuzz -- --records ${records} --seed ${seed}`);
  process.exitCode = 1;
}

const MOST_FAULTS = 20;

void main();
