// Memory and pace of the source over a long backlog: ten million rows, as many as are asked for.
import { loadavg } from 'node:os';
import { machine, median } from './machine';
import { inPlace } from './source-place';
import type { Done } from './source-run';
import { fillTable } from './source-tables';

const ROWS = Number(process.argv[2] ?? 10_000_000);
const BATCH_MAX_ROWS = Number(process.argv[3] ?? 1_000);

function report({ wallSeconds, cpuSeconds, samples }: Done): void {
  const quarter = Math.floor(samples.length / 4);
  const middle = (of: 'rssMb' | 'heldMb', from: number, to?: number) =>
    median(samples.slice(from, to).map((sample) => sample[of]));
  const growth = (of: 'rssMb' | 'heldMb') => (middle(of, -quarter) - middle(of, 0, quarter)).toFixed(1);
  const highest = Math.max(...samples.map(({ rssMb }) => rssMb));
  const inKafka = Math.round(ROWS / wallSeconds).toLocaleString('en');
  console.log(`rows a second          ${inKafka} (load ${loadavg()[0]?.toFixed(1)})`);
  console.log(`rows a CPU second      ${Math.round(ROWS / cpuSeconds).toLocaleString('en')}`);
  console.log(`RSS, highest           ${highest.toFixed(0)} MB`);
  console.log(`RSS, growth            ${growth('rssMb')} MB from the first quarter to the last, medians`);
  console.log(`heap and buffers       ${growth('heldMb')} MB, the same, garbage included`);
}

async function main(): Promise<void> {
  console.log(machine());
  console.log(`${ROWS.toLocaleString('en')} narrow rows, batch.max.rows ${BATCH_MAX_ROWS}\n`);
  await inPlace(async (place) => {
    await fillTable(place.postgresUrl, 'narrow', 'narrow', ROWS);
    const { postgres: database } = place;
    report(await place.run({ part: 'source', table: 'narrow', rows: ROWS, batchMaxRows: BATCH_MAX_ROWS, database }));
  });
}

void main();
