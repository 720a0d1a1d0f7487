// Sixteen writers that make it hard for whoever reads: ids drawn early, transactions held, rolled back, prepared.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { type Random, random } from '../../simulation/random';
import { type LossTable, lossTables, WRITERS } from './tables';

export interface WritersOptions {
  readonly url: string;
  readonly seed: number;
  readonly forMs: number;
  /** When ids are drawn: in the transaction that inserts their rows, or in one before it. */
  readonly drawing: 'same transaction' | 'earlier transaction';
  /** Of the few transactions that are held long. */
  readonly longMs: number;
}

interface Row {
  readonly table: LossTable;
  readonly id: string;
}

interface Writer {
  readonly number: number;
  readonly client: Client;
  /** Draws ids, each time in a transaction of its own. */
  readonly elsewhere: Pool | undefined;
  readonly chance: Random;
  readonly longMs: number;
  /** Some rows of its own that are committed: to be updated by nobody else. */
  readonly mine: Row[];
}

const HELD_MS = 300;
const REMEMBERED = 20;

export async function writeAll(options: WritersOptions): Promise<void> {
  const { url, seed, drawing, longMs } = options;
  const end = Date.now() + options.forMs;
  const elsewhere = drawing === 'earlier transaction' ? new Pool({ connectionString: url }) : undefined;
  const writing = Array.from({ length: WRITERS }, async (_, number) => {
    const client = await connected(url);
    const chance = random(seed * WRITERS + number);
    const writer = { number, client, elsewhere, chance, longMs, mine: [] };
    while (Date.now() < end) await (chance.chance(0.5) ? singles(writer) : transaction(writer));
    await client.end();
  });
  await Promise.all(writing);
  await elsewhere?.end();
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

/** Statements of which each is its own transaction. */
async function singles(writer: Writer): Promise<void> {
  const { chance, elsewhere } = writer;
  for (let left = chance.integer(1, 20); left > 0; left -= 1) {
    const table = chance.pick(lossTables);
    await insert(writer, table, elsewhere && (await drawn(elsewhere, writer, table)));
    await sleep(chance.integer(0, 10));
  }
}

async function transaction(writer: Writer): Promise<void> {
  const { client, chance } = writer;
  await client.query('BEGIN');
  // Before the first row: now() is then older than the lock on the table.
  if (chance.chance(0.5)) await hold(writer);
  const added: Row[] = [];
  for (let step = chance.integer(1, 3); step > 0; step -= 1) {
    added.push(...(await inSavepoint(writer, () => insertEarlyOrLate(writer))));
    if (chance.chance(0.3)) await update(writer);
    if (chance.chance(0.5)) await hold(writer);
  }
  if (!(await committed(writer))) return;
  writer.mine.push(...added.slice(0, 2));
  writer.mine.splice(0, writer.mine.length - REMEMBERED);
}

async function insertEarlyOrLate(writer: Writer): Promise<Row[]> {
  const { chance, elsewhere, client } = writer;
  const table = chance.pick(lossTables);
  const drawer = elsewhere ?? (chance.chance(0.4) ? client : undefined);
  return insert(writer, table, drawer && (await drawn(drawer, writer, table)));
}

/** Ids that are drawn well before they are used. */
async function drawn(drawer: Client | Pool, { chance }: Writer, { draw }: LossTable): Promise<string[]> {
  const count = rowsAtOnce(chance);
  const { rows } = await drawer.query<{ id: string }>(`SELECT ${draw} AS id FROM generate_series(1, ${count})`);
  await sleep(chance.integer(0, 100));
  return rows.map(({ id }) => id);
}

/** @param ids @default the column's */
async function insert({ client, chance, number }: Writer, table: LossTable, ids?: readonly string[]): Promise<Row[]> {
  const into = chance.chance(0.3) ? (table.leaf?.(number) ?? table.name) : table.name;
  const wanted = ids ?? Array.from({ length: rowsAtOnce(chance) }, () => 'DEFAULT');
  const values = wanted.map((id) => `(${id}, ${number})`).join();
  const { rows } = await client.query<{ id: string }>(`INSERT INTO ${into}(id, writer) VALUES ${values} RETURNING id`);
  return rows.map(({ id }) => ({ table, id }));
}

function rowsAtOnce(chance: Random): number {
  return chance.chance(0.3) ? chance.integer(2, 6) : 1;
}

/** Some rows are in a savepoint, and some of these go back to it. */
async function inSavepoint({ client, chance }: Writer, work: () => Promise<Row[]>): Promise<Row[]> {
  if (!chance.chance(0.2)) return work();
  await client.query('SAVEPOINT before');
  const rows = await work();
  const isKept = chance.chance(0.6);
  await client.query(isKept ? 'RELEASE before' : 'ROLLBACK TO before');
  return isKept ? rows : [];
}

async function update({ client, chance, mine, number }: Writer): Promise<void> {
  const row = mine[chance.integer(0, mine.length - 1)];
  if (row === undefined) return;
  const { name, clock } = row.table;
  const change = `UPDATE ${name} SET version = version + 1, stamp = ${clock} WHERE id = ${row.id} AND writer = ${number}`;
  await client.query(change);
}

async function hold({ chance, longMs }: Writer): Promise<void> {
  await sleep(chance.chance(0.02) ? longMs : chance.integer(0, HELD_MS));
}

/** Ends the transaction in one of the ways in which one ends. */
async function committed(writer: Writer): Promise<boolean> {
  const { client, chance } = writer;
  const isKept = chance.chance(0.9);
  const outcome = isKept ? 'COMMIT' : 'ROLLBACK';
  if (!chance.chance(0.1)) {
    await client.query(outcome);
    return isKept;
  }
  // Unique in the cluster, not in the database: other writers may be at work in another.
  const name = `'${randomUUID()}'`;
  await client.query(`PREPARE TRANSACTION ${name}`);
  await hold(writer);
  await client.query(`${outcome} PREPARED ${name}`);
  return isKept;
}
