// How tables are usually polled, in three ways that lose rows: without them the loss test would prove nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { lossTables } from './tables';

export const naiveWays = ['id > last', 'id > last, 100 ms late', 'id > last, xmin finished'] as const;
export type NaiveWay = (typeof naiveWays)[number];

export interface NaivePoller {
  /** Reads once more, and answers the ids that it has read, by table. */
  stop(): Promise<ReadonlyMap<string, readonly string[]>>;
}

const EVERY_MS = 20;
const LATE_MS = 100;

export async function startNaive(url: string, way: NaiveWay): Promise<NaivePoller> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const seen = new Map<string, string[]>(lossTables.map(({ name }) => [name, []]));
  let isOver = false;
  const poll = async () => {
    for (const [table, ids] of seen) ids.push(...(await next(client, way, table, ids.at(-1) ?? '0')));
  };
  const polling = (async () => {
    while (!isOver) {
      await poll();
      await sleep(EVERY_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await polling;
      await poll();
      await client.end();
      return seen;
    },
  };
}

async function next(client: Client, way: NaiveWay, table: string, last: string): Promise<string[]> {
  const conditions = [`id > ${last}`];
  if (way === 'id > last, 100 ms late') {
    const { rows } = await client.query<{ top: string | null }>(`SELECT max(id) AS top FROM ${table}`);
    conditions.push(`id <= ${rows[0]?.top ?? 0}`);
    await sleep(LATE_MS);
  }
  if (way === 'id > last, xmin finished')
    conditions.push('xmin::text::int8 < txid_snapshot_xmin(txid_current_snapshot())');
  const query = `SELECT id FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY id`;
  const { rows } = await client.query<{ id: string }>(query);
  return rows.map(({ id }) => id);
}
