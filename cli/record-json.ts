// A record's key and value as text: Avro as JSON, a key that is none as it stands.
import { type Codec, codec } from '../src/avro/codec';
import { valueJson } from '../src/avro/json-encode';
import type { Schema } from '../src/avro/schema';
import { parseSchema } from '../src/avro/schema-parse';
import { readWireHeader, WIRE_HEADER_BYTES } from '../src/avro/wire';
import { ConnectlessError, messageOf } from '../src/errors';
import type { LogRecord } from '../src/kafka/topic-log';
import type { SchemaRegistry } from '../src/registry/registry';

export interface RecordPrinter {
  /** One line of JSON, `null` without a value. Throws VALUE_NOT_AVRO or INVALID_DATUM naming topic, partition and offset. */
  value(record: LogRecord): Promise<string>;
  /** JSON, or the key's UTF-8 text when it is not in wire format; `null` without a key. */
  key(record: LogRecord): Promise<string>;
}

export function recordPrinter(registry: SchemaRegistry, topic: string): RecordPrinter {
  const known = new Map<number, { schema: Schema; codec: Codec }>();

  const json = async (id: number, bytes: Buffer): Promise<string> => {
    const found = known.get(id) ?? compiled(parseSchema(await registry.schemaById(id)));
    known.set(id, found);
    return valueJson(found.schema, found.codec.decode(bytes, WIRE_HEADER_BYTES).value);
  };
  const at = async (record: LogRecord, part: string, work: () => Promise<string>): Promise<string> => {
    try {
      return await work();
    } catch (error) {
      const where = `Topic ${topic}, partition ${record.partition}, offset ${record.offset}, ${part}`;
      const code = error instanceof ConnectlessError ? error.code : 'INVALID_DATUM';
      throw new ConnectlessError(code, `${where}: ${messageOf(error)}`, { cause: error });
    }
  };

  return {
    value: (record) =>
      at(record, 'value', async () => {
        if (record.value === null) return 'null';
        const id = readWireHeader(record.value);
        if (id !== undefined) return json(id, record.value);
        throw new ConnectlessError(
          'VALUE_NOT_AVRO',
          "it does not begin with the schema registry's magic byte and an id.",
        );
      }),
    key: (record) =>
      at(record, 'key', async () => {
        if (record.key === null) return 'null';
        const id = readWireHeader(record.key);
        return id === undefined ? record.key.toString() : json(id, record.key);
      }),
  };
}

function compiled(schema: Schema) {
  return { schema, codec: codec(schema) };
}
