// Reads a Parquet file with hyparquet, and says what it must give for a value of Avro's codec.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { optionalBranch, type Schema } from '../../../../src/avro/schema';
import { branchOf, itemsOf, membersOf } from '../../../../src/avro/value';

const compressors = {
  GZIP: (page: Uint8Array) => gunzipSync(page),
  BROTLI: (page: Uint8Array) => brotliDecompressSync(page),
  ZSTD: (page: Uint8Array) => decompress(page),
};

function fileOf(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

export function metadataOf(bytes: Buffer) {
  return parquetMetadata(fileOf(bytes));
}

/** Bytes and enums' symbols in hexadecimal; null for what is not there. */
export async function rowsOf(bytes: Buffer): Promise<unknown[]> {
  return (await parquetReadObjects({ file: fileOf(bytes), compressors, utf8: false })).map(plain);
}

function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** What `rowsOf` gives for a value of a schema without logical types. */
export function expectedOf(schema: Schema, value: unknown): unknown {
  if (value === null) return null;
  switch (schema.type) {
    case 'bytes':
    case 'fixed':
    case 'enum':
      return Buffer.from(value as string).toString('hex');
    case 'array':
      return itemsOf(value).map((item) => expectedOf(schema.items, item));
    case 'map':
      return Object.fromEntries(
        Object.entries(membersOf(value)).map(([key, held]) => [key, expectedOf(schema.values, held)]),
      );
    case 'record': {
      const members = membersOf(value);
      const fields = schema.fields.filter(({ type }) => type.type !== 'null');
      return Object.fromEntries(fields.map(({ name, type }) => [name, expectedOf(type, members[name])]));
    }
    case 'union': {
      const { branch, content } = branchOf(schema, value);
      if (optionalBranch(schema) !== undefined) return expectedOf(branch, content);
      const values = schema.branches.filter(({ type }) => type !== 'null');
      return Object.fromEntries(
        values.map((candidate, index) => [`member${index}`, candidate === branch ? expectedOf(branch, content) : null]),
      );
    }
    default:
      return value;
  }
}
