// `npm run demo`: the tutorial's pipeline on this machine; rows go in, files come out, and all are held against each other.
import { setTimeout as sleep } from 'node:timers/promises';
import logUpdate from 'log-update';
import { containerValues } from '../../src/avro/container-values';
import { valueJson } from '../../src/avro/json-encode';
import { messageOf } from '../../src/errors';
import { disagreements } from './reconcile';
import { type Stage, setStage } from './stage';
import { tryNext } from './try-next';
import { arrived, line, panel } from './view';
import { type Watch, watch } from './watch';

const terminal = process.stdout.isTTY === true;
/** With the table's first row: four files of the tutorial's `flush.size`. */
const inserts = 11;
const insertEveryMs = 700;
const lookEveryMs = 300;
/** Without a terminal, the rows get this long to arrive. */
const patienceMs = 45_000;

async function demo(interrupted: AbortSignal): Promise<boolean> {
  const stage = await setStage(showProblem);
  try {
    const committed = new Map<number, number>();
    const watching = watch(stage, committed);
    const inserting = insertRows(stage, committed, interrupted);
    if (terminal) console.log(tryNext(stage));
    await showUntil(watching, stage.sink.flushSize, interrupted);
    await inserting;
    return await conclude(watching).finally(watching.close);
  } finally {
    if (terminal) console.log('Stopping: the batches in hand are finished first.');
    await stage.stop();
  }
}

async function insertRows({ table }: Stage, committed: Map<number, number>, interrupted: AbortSignal): Promise<void> {
  for (let row = 0; row < inserts && !interrupted.aborted; row += 1) {
    committed.set(await table.insert(), Date.now());
    await sleep(insertEveryMs);
  }
}

/** On a terminal until Ctrl-C; elsewhere until all rows are in files, or patience ends. */
async function showUntil(watching: Watch, flushSize: number, interrupted: AbortSignal): Promise<void> {
  const until = Date.now() + patienceMs;
  let shown = '';
  while (!interrupted.aborted) {
    const figures = await watching.figures();
    if (terminal) logUpdate(panel(figures));
    else if (line(figures) !== shown) console.log(line(figures));
    shown = line(figures);
    const done = figures.rows > inserts && arrived(figures, flushSize);
    if (!terminal && (done || Date.now() > until)) return;
    await sleep(lookEveryMs);
  }
}

/** Answers whether table, topics and files agree. */
async function conclude(watching: Watch): Promise<boolean> {
  const seen = await watching.sightings();
  const newest = watching.newest();
  if (newest !== undefined) console.log(`\n${newest.key}\n${jsonOf(newest.body)}`);
  const faults = disagreements(seen);
  const inFiles = [...seen.files.values()].flat().length;
  console.log(
    `\nReconciliation: ${seen.table.length} rows in the table, ${seen.inTopic.length} and ${seen.outTopic.length} records in the topics, ${inFiles} in ${seen.files.size} files, ${seen.outTopic.length - inFiles} in the open file.`,
  );
  for (const fault of faults) console.error(`  ${fault}`);
  console.log(faults.length === 0 ? 'All agree: each row exactly once.' : 'They do not agree.');
  return faults.length === 0;
}

function jsonOf(file: Buffer): string {
  const { schema, values } = containerValues(file);
  return [...values].map((value) => valueJson(schema, value)).join('\n');
}

/** What the functions warn of is worth a line; what they do as planned is not. */
function showProblem(text: string, connector: string): void {
  if (!/"level":"(WARN|ERROR)"/.test(text)) return;
  if (terminal) logUpdate.clear();
  console.error(`${connector}: ${JSON.parse(text).message}`);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

demo(interruption.signal).then(
  (agreed) => {
    process.exitCode = agreed ? 0 : 1;
  },
  (error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  },
);
