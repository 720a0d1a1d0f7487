// Runs one statement on a connection, within the Data API's limits of time and size.
import type { ColumnMetadata, ResultSetOptions } from '@aws-sdk/client-rds-data';
import { type Client, type FieldDef, Query } from 'pg';
import type { Bound, WireField } from './bind';
import { databaseFailure, Failure } from './failure';
import { field, recordsAsJson } from './fields';
import { columnMetadata } from './metadata';
import { jdbcType, typesOf, unsupported } from './types';

export interface Limits {
  /** Of a whole answer, as the database sends it. @default 1 MiB */
  readonly responseBytes: number;
  /** Of one row of it. @default 64 KiB */
  readonly rowBytes: number;
  /** @default 45,000 */
  readonly statementMs: number;
}

export interface ResultOptions {
  readonly includeResultMetadata?: boolean;
  readonly resultSetOptions?: ResultSetOptions;
  readonly formatRecordsAs?: 'NONE' | 'JSON';
}

export interface Executed {
  readonly numberOfRecordsUpdated: number;
  readonly generatedFields: readonly never[];
  readonly records?: readonly (readonly WireField[])[];
  readonly columnMetadata?: readonly ColumnMetadata[];
  readonly formattedRecords?: string;
}

type Row = readonly (string | null)[];
interface Raw {
  readonly command: string;
  readonly rowCount: number | null;
  readonly fields: readonly FieldDef[];
  readonly rows: readonly Row[];
  /** What its rows were too large for. */
  readonly refusal?: string;
}

/** Throws DatabaseErrorException, StatementTimeoutException and UnsupportedResultException. */
export async function execute(
  client: Client,
  statement: Bound,
  options: ResultOptions,
  limits: Limits,
  cancel: () => Promise<unknown>,
): Promise<Executed> {
  const raw = await inTime(run(client, statement, limits), limits.statementMs, cancel);
  if (raw.refusal !== undefined) throw new Failure('UnsupportedResultException', raw.refusal);
  const updated = /^(INSERT|UPDATE|DELETE|MERGE)$/.test(raw.command) ? (raw.rowCount ?? 0) : 0;
  if (raw.fields.length === 0) return { numberOfRecordsUpdated: updated, generatedFields: [] };
  const types = await typesOf(client, [...new Set(raw.fields.map(({ dataTypeID }) => dataTypeID))]);
  for (const type of types.values()) if (jdbcType(type) === undefined) throw unsupported(type);
  const rowTypes = raw.fields.map(({ dataTypeID }) => types.get(dataTypeID));
  const records = raw.rows.map((row) =>
    row.map((text, index) =>
      field(text, rowTypes[index] ?? { name: '', schema: '', isEnum: false }, options.resultSetOptions ?? {}),
    ),
  );
  const isJson = options.formatRecordsAs === 'JSON';
  return {
    numberOfRecordsUpdated: updated,
    generatedFields: [],
    ...(isJson
      ? {
          formattedRecords: recordsAsJson(
            raw.fields.map(({ name }) => name),
            records,
          ),
        }
      : { records }),
    ...(options.includeResultMetadata && !isJson
      ? { columnMetadata: await columnMetadata(client, raw.fields, types) }
      : {}),
  };
}

/** Rows are counted as they come, and not kept once they are too many. */
function run(client: Client, { text, values }: Bound, limits: Limits): Promise<Raw> {
  const types = { getTypeParser: () => (value: string) => value };
  const config = { text, values: [...values], rowMode: 'array', queryMode: 'extended', types };
  const query = new Query<(string | null)[]>(config);
  const rows: Row[] = [];
  let bytes = 0;
  let refusal: string | undefined;
  query.on('row', (row: unknown) => {
    const size = sizeOf(row as Row);
    bytes += size;
    if (size > limits.rowBytes) refusal ??= 'Packet for query is too large: a row of the result is larger than 64 KB';
    if (bytes > limits.responseBytes) refusal ??= 'Database returned more than the allowed response size limit';
    if (refusal === undefined) rows.push(row as Row);
  });
  return new Promise((resolve, reject) => {
    query.on('end', ({ command, rowCount, fields }) => {
      resolve({ command, rowCount, fields, rows, ...(refusal === undefined ? {} : { refusal }) });
    });
    query.on('error', (error) => reject(databaseFailure(error)));
    client.query(query);
  });
}

/** Of Postgres's DataRow message: 7 bytes, and for each value its length in 4. */
function sizeOf(row: Row): number {
  let bytes = 7;
  for (const value of row) bytes += 4 + (value === null ? 0 : Buffer.byteLength(value));
  return bytes;
}

async function inTime<T>(running: Promise<T>, ms: number, cancel: () => Promise<unknown>): Promise<T> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void cancel().catch(() => undefined);
  }, ms);
  try {
    return await running;
  } catch (error) {
    throw isLate ? new Failure('StatementTimeoutException', 'Request timed out') : error;
  } finally {
    clearTimeout(timer);
  }
}
