// What the columns of a table or a query are, and whether rows that were read still have them.
import { createHash } from 'node:crypto';
import type { ColumnMetadata } from '@aws-sdk/client-rds-data';
import { columnsOf, columnsQuery, columnsQueryOf } from '../postgres/columns';
import type { Origin, Rows } from '../postgres/database';
import type { Column } from '../source/record/column';
import type { TableName } from '../source/table';
import type { Calls } from './calls';
import { fieldsOf, fieldsQuery } from './query-columns';
import { type Description, describeQuery } from './query-description';
import { recordValues } from './record-text';
import { type Digest, digestQuery, type Names, recordsOf, recordsTogether } from './statements';

export interface Known {
  readonly columns: readonly Column[];
  /** Equal as long as the columns are the same. */
  readonly key: string;
  /** Of a table: with it a statement compares them itself. */
  readonly digest?: Digest;
  /** Of a query. */
  readonly description?: Description;
}

export interface Columns {
  /** As they are known, read when they are not. */
  known(origin: Origin): Promise<Known>;
  /** As they are now, in the transaction or outside one. */
  read(origin: Origin, transaction?: string): Promise<Known>;
}

export async function recordRows(calls: Calls, statement: string, names: Names, transaction?: string): Promise<Rows> {
  const asked = recordsOf(statement, names);
  const { rows } = await calls.execute(asked, { transaction });
  return asked === statement ? rows : rows.map(([record]) => recordValues(record ?? ''));
}

export function columnsThrough(calls: Calls, names: Names): Columns {
  const all = new Map<string, Known>();

  const ofTable = async (table: TableName, transaction?: string): Promise<Known> => {
    const query = digestQuery(table);
    const { rows } = await calls.execute(recordsTogether([columnsQuery(table), query], names), { transaction });
    const records = (place: string) => rows.filter(([of]) => of === place).map(([, record]) => record ?? '');
    const md5 = createHash('md5').update(records('1').join(',')).digest('hex');
    return { columns: columnsOf(records('0').map(recordValues)), key: md5, digest: { query, md5 } };
  };
  const ofQuery = async (origin: Origin, before: Known | undefined, transaction?: string): Promise<Known> => {
    const description = await describeQuery(calls, origin, before?.description, transaction);
    const { metadata } = description;
    const key = JSON.stringify(metadata);
    if (before?.key === key) return before;
    const fields = fieldsOf(metadata, await recordRows(calls, fieldsQuery(metadata), names, transaction));
    const columns = columnsOf(await recordRows(calls, columnsQueryOf(fields), names, transaction));
    return { columns: columns.map((column, place) => nullability(column, metadata[place])), key, description };
  };
  const read = async (origin: Origin, transaction?: string): Promise<Known> => {
    const name = JSON.stringify(origin);
    const known =
      'table' in origin ? await ofTable(origin.table, transaction) : await ofQuery(origin, all.get(name), transaction);
    all.set(name, known);
    return known;
  };
  return { read, known: async (origin) => all.get(JSON.stringify(origin)) ?? (await read(origin)) };
}

/** java.sql.ResultSetMetaData's columnNoNulls is 0. */
function nullability(column: Column, metadata: ColumnMetadata | undefined): Column {
  return { ...column, nullable: metadata?.nullable !== 0 };
}
