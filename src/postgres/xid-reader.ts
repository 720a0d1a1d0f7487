// connectless.mode=xid8 in SQL: pages by transaction, below the oldest one that is open.
import { ConnectlessError } from '../errors';
import type { XidReader } from '../source/modes/xid8';
import type { Position } from '../source/position';
import type { Column } from '../source/record/column';
import { display, type TableName } from '../source/table';
import type { Database } from './database';
import { systemIdentifier } from './database-facts';
import { type IdColumn, type IdColumnWish, idColumn } from './id-column';
import { idPage } from './id-page';
import { idValue, type ReaderConfig, rowsWithIds } from './incrementing-reader';
import { kept } from './kept';
import { describeTransactions, holdersOf } from './locks';
import { fromOrigin, orderedPage, sourceColumn } from './origin';
import { identifier, relation } from './sql';

interface Facts {
  readonly id: IdColumn;
  /** Name of the xid8 column. */
  readonly xid: string;
}

/** A transaction id's lock is held by its transaction, prepared ones by no backend. */
const PREPARED = `
  SELECT l.pid, l.virtualtransaction FROM pg_locks l WHERE l.locktype = 'transactionid' AND l.granted AND l.pid IS NULL`;
const NEXT = 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text';

/** Errors: those of `Database`, INCREMENTING_COLUMN_INVALID, XID_COLUMN_INVALID, ID_MISSING, ID_INVALID. */
export function xidReader(database: Database, table: TableName, wish: IdColumnWish, config: ReaderConfig): XidReader {
  const origin = { table };
  const facts = kept(async (): Promise<Facts> => {
    const xid = xidColumn(table, await database.columns(origin));
    await checkBackfill(database, table, xid);
    return { xid, id: await idColumn(database, origin, wish) };
  }, config.tablePollIntervalMs);

  return {
    columns: () => facts.use(() => database.columns(origin)),
    cluster: async () => {
      const [[row = []] = []] = await database.query([NEXT]);
      return { system: await systemIdentifier(database), next: BigInt(row[0] ?? '') };
    },
    horizon: (after) =>
      facts.use(async (found) => {
        const column = sourceColumn(found.xid);
        const rows = `SELECT ${column} AS x ${fromOrigin(origin)} WHERE ${behind(after, found)}true ORDER BY ${column}`;
        const [[row = []] = []] = await database.query([
          `SELECT pg_snapshot_xmin(pg_current_snapshot())::text, (${rows} LIMIT 1)::text, (${rows} DESC LIMIT 1)::text`,
        ]);
        const [open, first, last] = row;
        return {
          open: BigInt(open ?? ''),
          rows: first && last ? { first: BigInt(first), last: BigInt(last) } : undefined,
        };
      }),
    describe: async () => {
      const [prepared = []] = await database.query([PREPARED]);
      return describeTransactions(database, 'backend_xid IS NOT NULL AND pid <> pg_backend_pid()', holdersOf(prepared));
    },
    page: (after) =>
      facts.use(async ({ id, xid }) => {
        const column = sourceColumn(xid);
        const open = 'pg_snapshot_xmin(pg_current_snapshot())';
        const where = `WHERE ${behind(after, { id, xid })}${column} < ${open}`;
        const by = { where, order: `${column}, ${sourceColumn(id.name)}`, beside: [`${column}::text`] };
        return idPage(await orderedPage(database, origin, by, config), origin, id);
      }),
    rows: (ids) =>
      facts.use(async ({ id, xid }) =>
        idPage(await rowsWithIds(database, origin, id, ids, [`${sourceColumn(xid)}::text`]), origin, id),
      ),
  };
}

function behind({ xid, incrementing }: Position, facts: Facts): string {
  if (xid === undefined) return '';
  const column = sourceColumn(facts.xid);
  if (incrementing === undefined) return `${column} > '${xid}'::xid8 AND `;
  return `(${column}, ${sourceColumn(facts.id.name)}) > ('${xid}'::xid8, ${idValue(incrementing, facts.id)}) AND `;
}

function xidColumn(table: TableName, columns: readonly Column[]): string {
  const found = columns.filter(({ type }) => type === 'xid8');
  const [column] = found;
  if (column !== undefined && found.length === 1) return column.name;
  throw new ConnectlessError(
    'XID_COLUMN_INVALID',
    found.length === 0
      ? `Table ${display(table)} has no column of type xid8: ALTER TABLE ${display(table)} ADD COLUMN xid xid8 DEFAULT pg_current_xact_id(). connectless preflight prints what else connectless.mode=xid8 needs.`
      : `Table ${display(table)} has ${found.length} columns of type xid8 (${found.map(({ name }) => name).join(', ')}), and connectless.mode=xid8 reads by the only one: drop the others.`,
  );
}

/** Such rows are below every transaction, and would never be read. */
async function checkBackfill(database: Database, table: TableName, xid: string): Promise<void> {
  if (!(await hasNull(database, table, xid))) return;
  const column = identifier(xid);
  throw new ConnectlessError(
    'XID_COLUMN_INVALID',
    `Table ${display(table)} has rows without a value in ${column}, which would never be read: UPDATE ${relation(table)} SET ${column} = DEFAULT WHERE ${column} IS NULL, then ALTER COLUMN ${column} SET NOT NULL.`,
  );
}

/** Whether any row has it. */
export async function hasNull(database: Pick<Database, 'query'>, table: TableName, column: string): Promise<boolean> {
  const [[row] = []] = await database.query([
    `SELECT EXISTS (SELECT FROM ${relation(table)} WHERE ${identifier(column)} IS NULL)::text`,
  ]);
  return row?.[0] === 'true';
}
