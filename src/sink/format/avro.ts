// Avro's container files: the writer's schema and the datums verbatim.
import { createHash } from 'node:crypto';
import { blockCodec } from '../../avro/block-codec';
import { blockBytes, containerHeader, SYNC_BYTES } from '../../avro/container';
import { checkSchema } from '../../avro/schema-check';
import type { FormatConfig } from '../../config/sink-model';
import type { DataSchema } from '../../convert/data';
import { ConnectlessError } from '../../errors';
import type { FileFormat, FileIdentity } from './format';

/** Remembers the sync marker, in base64. Throws a ConnectlessError UNSUPPORTED_CODEC. */
export async function avroFormat(config: Extract<FormatConfig, { kind: 'avro' }>): Promise<FileFormat> {
  const { id, compress } = await blockCodec(config.codec, config.deflateLevel);
  return {
    id: `avro/${id}`,
    extension: '.avro',
    blockBytes: 64 * 1024,
    verbatim: true,
    encode({ schema, bytes, start, end }) {
      schemaOf(schema);
      return bytes.subarray(start, end);
    },
    start(file) {
      const schema = schemaOf(file.schema);
      // A registry has looked at its own.
      if (schema.id === undefined) checkSchema(schema.schema);
      const sync = syncMarker(file, schema);
      return { bytes: containerHeader(metadata(file, schema, config.codec), sync), memo: sync.toString('base64') };
    },
    block: (_, memo, records, bytes) => ({
      bytes: blockBytes(records, compress(bytes), Buffer.from(String(memo), 'base64')),
    }),
    end: () => Buffer.alloc(0),
  };
}

function syncMarker({ topic, partition, startOffset }: FileIdentity, { id, text }: DataSchema): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([topic, partition, startOffset, id, text]));
  return hash.digest().subarray(0, SYNC_BYTES);
}

/** The schema as its writer registered it; where the records come from, in `connectless.*`. */
function metadata(file: FileIdentity, { id, text }: DataSchema, codec: string): Record<string, string> {
  return {
    'avro.schema': text,
    'avro.codec': codec,
    'connectless.topic': file.topic,
    'connectless.partition': String(file.partition),
    'connectless.offset': String(file.startOffset),
    ...(id === undefined ? {} : { 'connectless.schema.id': String(id) }),
  };
}

function schemaOf(schema: DataSchema | undefined): DataSchema {
  if (schema !== undefined) return schema;
  throw new ConnectlessError(
    'SCHEMA_REQUIRED',
    'Records without a schema cannot be written as Avro: use a converter that has schemas, or JsonFormat.',
  );
}
