// What a run must leave: each committed row once in its topic, and in each partition in the order of the mode.
import { Client } from 'pg';
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { SourceSite } from './source-site';
import { rowId } from './strangers';

export interface TableVerdict {
  readonly rows: number;
  readonly lost: readonly string[];
  readonly double: readonly string[];
  /** Ids that stand behind one that belongs behind them. */
  readonly disordered: readonly string[];
  /** In the topic, and not in the table: they were never committed. */
  readonly invented: readonly string[];
  /** Their commit was acknowledged, and they are not in the table: then it is the database that lost them. */
  readonly forgotten: readonly string[];
}

export async function tableVerdict(
  site: SourceSite,
  log: TopicLog,
  table: string,
  acknowledged: readonly string[],
): Promise<TableVerdict> {
  const rank = await ranks(site, table);
  const partitions = await idsByPartition(log, site.topic(table));
  const seen = partitions.flat();
  const there = new Set(seen);
  return {
    rows: rank.size,
    lost: [...rank.keys()].filter((id) => !there.has(id)),
    double: repeated(seen),
    disordered: partitions.flatMap((ids) => ids.filter((id, index) => isBelow(rank, id, ids[index - 1]))),
    invented: [...there].filter((id) => !rank.has(id)),
    forgotten: acknowledged.filter((id) => !rank.has(id)),
  };
}

/** A row's place in the order in which the mode reads rows. */
async function ranks({ servers, order }: SourceSite, table: string): Promise<Map<string, number>> {
  const client = new Client({ connectionString: servers.postgresUrl() });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY ${order}`);
  await client.end();
  return new Map(rows.map(({ id }, index) => [id, index]));
}

async function idsByPartition(log: TopicLog, topic: string): Promise<string[][]> {
  const ends = await log.ends(topic);
  const found: string[][] = ends.map(() => []);
  const from = ends.map(() => 0);
  for await (const { partition, value } of log.read(topic, from, ends)) {
    const id = rowId(value);
    if (id !== undefined) found[partition]?.push(String(id));
  }
  return found;
}

function repeated(ids: readonly string[]): string[] {
  const once = new Set<string>();
  return ids.filter((id) => once.size === once.add(id).size);
}

function isBelow(rank: ReadonlyMap<string, number>, id: string, before: string | undefined): boolean {
  return before !== undefined && (rank.get(id) ?? 0) < (rank.get(before) ?? 0);
}
