// Rows per CPU second of the source, from Postgres to Kafka on real servers, over what no source could do without.
import { loadavg } from 'node:os';
import { machine, median } from './machine';
import { inPlace, type Place } from './source-place';
import type { Part } from './source-run';
import { fillTable, type TableShape } from './source-tables';

const ROWS = Number(process.argv[2] ?? 200_000);
const ROUNDS = Number(process.argv[3] ?? 3);
/** The default of `batch.max.rows`, and what a function of 512 MB can have as well. */
const PAGES = [1_000, 5_000];
/** Of Confluent's source 10.9.7 in Connect 4.1.2 standalone: not measured here but quoted, from a machine of this kind. */
const CONFLUENT: Readonly<Record<TableShape, string>> = { narrow: '62,600–66,400', wide: '11,300–12,800' };

interface Rates {
  readonly copy: number;
  readonly produce: number;
  readonly pg: number;
  readonly dataApi: number;
}

/** Each once, so that what else the machine does meets all of them. */
async function round(place: Place, shape: TableShape, rows: number, batchMaxRows: number): Promise<Rates> {
  const rate = async (part: Part, database: Parameters<Place['run']>[0]['database'] = place.postgres) =>
    rows / (await place.run({ part, database, table: shape, rows, batchMaxRows })).cpuSeconds;
  return {
    copy: await rate('copy'),
    produce: await rate('produce'),
    pg: await rate('source'),
    dataApi: await rate('source', place.dataApi),
  };
}

async function measure(place: Place, shape: TableShape, batchMaxRows: number): Promise<string> {
  const rounds: Rates[] = [];
  for (let done = 0; done < ROUNDS; done += 1) rounds.push(await round(place, shape, ROWS, batchMaxRows));
  const middle = (of: (rates: Rates) => number) => median(rounds.map(of));
  const slower = ({ copy, produce }: Rates) => Math.min(copy, produce);
  const [pg, dataApi] = [middle((rates) => rates.pg / slower(rates)), middle((rates) => rates.dataApi / slower(rates))];
  const rates = [middle(({ copy }) => copy), middle(({ produce }) => produce), middle((one) => one.pg)];
  return [
    shape,
    batchMaxRows.toLocaleString('en'),
    ...[...rates, middle((one) => one.dataApi)].map((value) => Math.round(value).toLocaleString('en')),
    pg.toFixed(2),
    dataApi.toFixed(2),
    CONFLUENT[shape],
    loadavg()[0]?.toFixed(1),
  ].join(' | ');
}

async function main(): Promise<void> {
  console.log(machine());
  console.log(
    `${ROWS.toLocaleString('en')} rows a run, one partition, rows per CPU second of our process; medians of ${ROUNDS} rounds. Aim: ≥ 0.5 of the slower floor\n`,
  );
  console.log(
    '| table | batch.max.rows | floor: COPY, not parsed | floor: encode and produce | source, pg | source, Data API | pg over the slower floor | Data API over it | Confluent’s, quoted | load |',
  );
  console.log(`|${'---|'.repeat(10)}`);
  await inPlace(async (place) => {
    for (const shape of ['narrow', 'wide'] as const) {
      await fillTable(place.postgresUrl, shape, shape, ROWS);
      for (const batchMaxRows of PAGES) console.log(`| ${await measure(place, shape, batchMaxRows)} |`);
    }
  });
}

void main();
