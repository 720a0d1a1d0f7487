// JsonFormat: a line of JSON for each record, as Connect's JsonConverter prints it.
import { type ConnectJson, connectJson } from '../../avro/connect-json';
import { schemalessJson } from '../../avro/connect-json-schemaless';
import type { Schema } from '../../avro/schema';
import type { FormatConfig } from '../../config/sink-model';
import { envelope } from './envelope';
import type { FileFormat } from './format';

const LINE_END = '\n';

/** JSON without blanks, the members in the order of the schema or of the record's own text. */
export function jsonFormat(config: Extract<FormatConfig, { kind: 'json' }>): FileFormat {
  const { suffix, extension, ...written } = envelope(config.gzipLevel);
  const writers = new WeakMap<Schema, ConnectJson>();
  const writerOf = (schema: Schema) => {
    const known = writers.get(schema) ?? connectJson(schema, config.decimals);
    writers.set(schema, known);
    return known;
  };
  return {
    ...written,
    id: `json/${config.decimals}${suffix}`,
    extension: `.json${extension}`,
    verbatim: false,
    encode({ schema, bytes, start, end }) {
      const json =
        schema === undefined
          ? schemalessJson(bytes.toString('utf8', start, end))
          : writerOf(schema.schema)(bytes, start);
      return Buffer.from(json + LINE_END);
    },
  };
}
