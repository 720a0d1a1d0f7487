// Asks what a query's columns are, around the types that the Data API refuses to carry.
import type { ColumnMetadata } from '@aws-sdk/client-rds-data';
import { ConnectlessError, messageOf } from '../errors';
import type { Origin } from '../postgres/database';
import { identifier } from '../postgres/sql';
import type { Calls } from './calls';
import { describeStatement, type MappedColumn, mappedColumns, mappingQuery } from './query-columns';

export interface Description {
  readonly metadata: readonly ColumnMetadata[];
  readonly shape: Shape;
}

/** Columns that the Data API would not describe: their precision, and whether they are NOT NULL, is not known. */
interface Shape {
  readonly columns: readonly MappedColumn[];
  /** Their places. */
  readonly omitted: ReadonlySet<number>;
}

const WHOLE: Shape = { columns: [], omitted: new Set() };
/** More types than these that are refused in one query, or columns that change with every look. */
const LOOKS = 20;

/**
 * One call where the columns are those of the look before. In a transaction they must be: a refusal would end it.
 *
 * @param before the description by the look before
 */
export async function describeQuery(
  calls: Calls,
  origin: Origin,
  before: Description | undefined,
  transaction?: string,
): Promise<Description> {
  let shape = before?.shape ?? WHOLE;
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await attempt(calls, origin, shape, transaction);
    if ('metadata' in found) return found;
    shape = found.next;
  }
  throw new ConnectlessError('DATA_API_FAILED', 'The columns of the query cannot be described through the Data API.');
}

async function attempt(
  calls: Calls,
  origin: Origin,
  shape: Shape,
  transaction?: string,
): Promise<Description | { readonly next: Shape }> {
  const isWhole = shape.omitted.size === 0;
  try {
    const statement = describeStatement(origin, shape.columns, shape.omitted);
    const { rows, metadata } = await calls.execute(statement, { transaction, metadata: true });
    const columns = mappedColumns(rows[0]?.[0] ?? '');
    if (!isWhole && JSON.stringify(columns) !== JSON.stringify(shape.columns)) return { next: WHOLE };
    const own = metadata.slice(1);
    return { metadata: own.map((column, place) => described(column, columns[place], shape.omitted.has(place))), shape };
  } catch (error) {
    if (transaction !== undefined) throw error;
    const [, refused] = /unsupported data type "?([^".]+)/i.exec(messageOf(error)) ?? [];
    if (refused !== undefined) return { next: await without(calls, origin, shape, refused, error) };
    // Fewer columns than before are an error of Postgres's.
    if (isWhole) throw error;
    return { next: WHOLE };
  }
}

/** Of a domain the type beneath is refused, which the mapping does not name. */
async function without(calls: Calls, origin: Origin, shape: Shape, refused: string, cause: unknown): Promise<Shape> {
  const { rows } = await calls.execute(mappingQuery(origin));
  const columns = mappedColumns(rows[0]?.[0] ?? '');
  const places = (is: (column: MappedColumn) => boolean) =>
    columns.flatMap((column, place) => (is(column) && !shape.omitted.has(place) ? [place] : []));
  const named = places(({ type }) => type.toUpperCase() === refused.toUpperCase());
  const more = named.length === 0 ? places(({ isDomain }) => isDomain) : named;
  if (more.length === 0) throw cause;
  return { columns, omitted: new Set([...shape.omitted, ...more]) };
}

function described(column: ColumnMetadata, mapped: MappedColumn | undefined, isOmitted: boolean): ColumnMetadata {
  if (mapped === undefined) return column;
  if (!isOmitted) return { ...column, label: mapped.name };
  const typeName = `${identifier(mapped.schema)}.${identifier(mapped.type)}`;
  return { label: mapped.name, name: mapped.name, typeName, nullable: 2 };
}
