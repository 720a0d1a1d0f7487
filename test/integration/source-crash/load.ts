// Writers that go on whatever happens to their database, and remember which rows it said it had.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Random, random } from '../../simulation/random';
import { crashTables } from './tables';

export interface Load {
  /** By table: ids of rows whose commit was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, readonly string[]>;
  stop(): Promise<void>;
}

const WRITERS = 4;
const HELD_MS = 60;
const AGAIN_MS = 100;
const PATIENCE_MS = 3000;

/** @param url where writes go now */
export function startLoad(url: () => string, seed: number): Load {
  const acknowledged = new Map<string, string[]>(crashTables.map(({ name }) => [name, []]));
  let isOver = false;
  const writing = Array.from({ length: WRITERS }, async (_, number) => {
    const chance = random(seed * WRITERS + number);
    while (!isOver) {
      const client = new Client({
        connectionString: url(),
        connectionTimeoutMillis: PATIENCE_MS,
        query_timeout: PATIENCE_MS,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        while (!isOver) await transaction(client, { chance, number, acknowledged });
      } catch {
        // Whether the transaction was committed, the table says in the end.
        await sleep(AGAIN_MS);
      }
      await client.end().catch(() => undefined);
    }
  });
  return {
    acknowledged,
    stop: async () => {
      isOver = true;
      await Promise.all(writing);
    },
  };
}

interface Writer {
  readonly chance: Random;
  readonly number: number;
  readonly acknowledged: ReadonlyMap<string, string[]>;
}

async function transaction(client: Client, { chance, number, acknowledged }: Writer): Promise<void> {
  const { name } = chance.pick(crashTables);
  await client.query('BEGIN');
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO ${name}(writer, text) SELECT ${number}, 'row ' || n FROM generate_series(1, ${chance.integer(1, 20)}) n RETURNING id`,
  );
  await sleep(chance.integer(0, HELD_MS));
  const isKept = chance.chance(0.9);
  await client.query(isKept ? 'COMMIT' : 'ROLLBACK');
  if (isKept) acknowledged.get(name)?.push(...rows.map(({ id }) => id));
}
