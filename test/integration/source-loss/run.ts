// One run: sixteen writers, and beside them every poller that is to be compared, on the same tables.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freshDatabase } from '../fresh-database';
import { type NaivePoller, type NaiveWay, startNaive } from './naive-pollers';
import { type SourceModeName, type SourcePoller, startPoller } from './pollers';
import { lossSchema, lossTables } from './tables';
import { add, finalRows, judge, judgeIds, sightings, type Verdict } from './verdict';
import { type WritersOptions, writeAll } from './writers';

export interface LossRun extends Omit<WritersOptions, 'url'> {
  readonly modes: readonly SourceModeName[];
  readonly naive: readonly NaiveWay[];
}

export interface Judged extends Verdict {
  readonly poller: SourceModeName | NaiveWay;
  /** Milliseconds. */
  readonly longestFenceWait?: number;
  /** What the source said, warnings and errors. */
  readonly lines: readonly string[];
}

export async function runLoss({ modes, naive, ...writing }: LossRun): Promise<Judged[]> {
  const fresh = await freshDatabase('loss');
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(lossSchema);
  const sources: (readonly [SourceModeName, SourcePoller])[] = [];
  try {
    for (const mode of modes) sources.push([mode, await startPoller(fresh.url, mode)]);
    const others = await Promise.all(naive.map(async (way) => [way, await startNaive(fresh.url, way)] as const));
    await writeAll({ ...writing, url: fresh.url });
    const rows = new Map<string, Rows>();
    for (const { name } of lossTables) rows.set(name, await finalRows(client, name));
    return [
      ...(await Promise.all(sources.map(([mode, poller]) => judgedSource(mode, poller, rows)))),
      ...(await Promise.all(others.map(([way, poller]) => judgedNaive(way, poller, rows)))),
    ];
  } finally {
    await Promise.allSettled(sources.map(([, { source }]) => source.stop()));
    await client.end();
    await fresh.drop();
  }
}

type Rows = Awaited<ReturnType<typeof finalRows>>;

const nothing: Verdict = { rows: 0, lost: 0, double: 0, disordered: 0 };
const QUIET_MS = 5000;

async function judgedSource(
  mode: SourceModeName,
  { source, topic, longestFenceWait }: SourcePoller,
  rows: ReadonlyMap<string, Rows>,
): Promise<Judged> {
  const verdict = async () => {
    let sum = nothing;
    for (const [table, its] of rows) sum = add(sum, judge(mode, its, await sightings(source.log, topic(table))));
    return sum;
  };
  await source.until(untilCompleteOrQuiet(verdict));
  await source.stop();
  const outcome = { poller: mode, ...(await verdict()), longestFenceWait: longestFenceWait(), lines: source.lines };
  await source.log.close();
  return outcome;
}

/** Nothing is lost, or for a while nothing has come any more. */
function untilCompleteOrQuiet(verdict: () => Promise<Verdict>): () => Promise<boolean> {
  let last = '';
  let since = Date.now();
  return async () => {
    const now = await verdict();
    if (now.lost === 0) return true;
    if (JSON.stringify(now) !== last) since = Date.now();
    last = JSON.stringify(now);
    await sleep(200);
    return Date.now() - since > QUIET_MS;
  };
}

async function judgedNaive(way: NaiveWay, poller: NaivePoller, rows: ReadonlyMap<string, Rows>): Promise<Judged> {
  const seen = await poller.stop();
  const verdicts = [...rows].map(([table, its]) => judgeIds(its, seen.get(table) ?? []));
  return { poller: way, ...verdicts.reduce(add, nothing), lines: [] };
}
