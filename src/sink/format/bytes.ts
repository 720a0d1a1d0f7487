// ByteArrayFormat: the bytes of each record, and a separator behind each.
import type { Schema } from '../../avro/schema';
import { readLong } from '../../avro/varint';
import type { FormatConfig } from '../../config/sink-model';
import type { Data } from '../../convert/data';
import { ConnectlessError } from '../../errors';
import { envelope } from './envelope';
import type { FileFormat } from './format';

/** Holds data of the types bytes and fixed, be it as a branch of a union. */
export function bytesFormat(config: Extract<FormatConfig, { kind: 'bytes' }>): FileFormat {
  const separator = Buffer.from(config.separator);
  const { suffix, extension, ...written } = envelope(config.gzipLevel);
  return {
    ...written,
    id: `bytes/${separator.toString('hex')}${suffix}`,
    extension: config.extension + extension,
    verbatim: false,
    encode: (data) => Buffer.concat([bytesOf(data), separator]),
  };
}

/** They are the last of the datum, whatever stands before them. */
function bytesOf({ schema, bytes, start, end }: Data): Buffer {
  if (schema === undefined) throw unsupported('data without a schema');
  const { type, position } = held(schema.schema, bytes, start);
  if (type === 'fixed') return bytes.subarray(position, end);
  if (type === 'bytes') return bytes.subarray(readLong(bytes, position)?.end, end);
  throw unsupported(type);
}

/** The type of a datum, or of the branch that it is, and where that begins. */
function held(schema: Schema, bytes: Buffer, start: number): { type: Schema['type']; position: number } {
  if (schema.type !== 'union') return { type: schema.type, position: start };
  const index = readLong(bytes, start);
  return { type: schema.branches[Number(index?.value)]?.type ?? 'union', position: index?.end ?? start };
}

function unsupported(type: string): ConnectlessError {
  return new ConnectlessError(
    'UNSUPPORTED_VALUE',
    `ByteArrayFormat holds bytes, and this is ${type}: use ByteArrayConverter, or another format.`,
  );
}
