// What a Parquet file's footer says of a row group, as JSON: it is kept until the file ends.
import type { ColumnChunk, RowGroup, SchemaElement } from 'hyparquet';
import { unconvertStatistics } from 'hyparquet-writer/src/unconvert.js';
import type { Memo } from './format';

/** The file so far. */
export interface Progress {
  /** Of the next byte. */
  readonly offset: number;
  /** Each as `remembered` gives it. */
  readonly groups: readonly Memo[];
}

export function memoOf({ offset, groups }: Progress): Memo {
  return { offset, groups };
}

/** @param memo of `memoOf` */
export function progressOf(memo: Memo | undefined): Progress {
  return memo as unknown as Progress;
}

/** @param elements of the file's schema: those with a type are the columns, in their order */
export function remembered(group: RowGroup, elements: readonly SchemaElement[]): Memo {
  const leaves = elements.filter(({ type }) => type !== undefined);
  return frozen({ ...group, columns: group.columns.map((chunk, index) => withShortBounds(chunk, leaves[index])) });
}

export function recalled(memo: Memo): RowGroup {
  return thawed(memo) as RowGroup;
}

/** Longer bounds of bytes help nobody, and a value may have megabytes. */
const LONGEST_BOUND = 64;

/**
 * hyparquet-writer shortens the bounds of bytes when it writes the footer, which is late for a memo. Bytes of decimals have
 * none: it orders them without their sign.
 */
function withShortBounds(chunk: ColumnChunk, leaf: SchemaElement | undefined): ColumnChunk {
  const statistics = chunk.meta_data?.statistics;
  if (statistics === undefined || leaf === undefined || !BYTES.includes(leaf.type ?? '')) return chunk;
  const { null_count } = statistics;
  const short = leaf.logical_type?.type === 'DECIMAL' ? {} : shortBounds(unconvertStatistics(statistics, leaf));
  return { ...chunk, meta_data: { ...chunk.meta_data, statistics: { null_count, ...short } } } as ColumnChunk;
}

const BYTES: readonly string[] = ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'];

/** parquet.thrift: Statistics, 5 max_value, 6 min_value, 7 is_max_value_exact, 8 is_min_value_exact. */
function shortBounds({ field_5, field_6, field_7, field_8 }: ReturnType<typeof unconvertStatistics>) {
  return {
    ...(isShort(field_5) ? { max_value: field_5, is_max_value_exact: field_7 } : {}),
    ...(isShort(field_6) ? { min_value: field_6, is_min_value_exact: field_8 } : {}),
  };
}

function isShort(bound: unknown): boolean {
  return bound instanceof Uint8Array && bound.length <= LONGEST_BOUND;
}

/** What JSON cannot say: a bigint as { $long }, bytes as { $bytes } in base64, -0 and the infinities as { $double }. */
function frozen(value: unknown): Memo {
  if (typeof value === 'bigint') return { $long: String(value) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'number')
    return isJson(value) ? value : { $double: Object.is(value, -0) ? '-0' : String(value) };
  if (Array.isArray(value)) return value.map(frozen);
  if (typeof value !== 'object' || value === null) return value as Memo;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, frozen(member)]));
}

function isJson(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function thawed(memo: Memo): unknown {
  if (Array.isArray(memo)) return memo.map(thawed);
  if (typeof memo !== 'object' || memo === null) return memo;
  const { $long, $bytes, $double } = memo as Readonly<Record<string, Memo>>;
  if (typeof $long === 'string') return BigInt($long);
  if (typeof $bytes === 'string') return new Uint8Array(Buffer.from($bytes, 'base64'));
  if (typeof $double === 'string') return Number($double);
  return Object.fromEntries(Object.entries(memo).map(([name, member]) => [name, thawed(member)]));
}
