// Values in wire format get the id that their schema has under the output topic's subject.
import { readWireHeader, WIRE_HEADER_BYTES, wireHeader } from '../avro/wire';
import { ConnectlessError } from '../errors';
import { type SchemaRegistry, valueSubject } from '../registry/registry';

/** Answers the value as it is to be written. Throws VALUE_NOT_AVRO, or what the registry throws. */
export type ValueWriter = (value: Buffer) => Promise<Buffer>;

/** Each schema is registered once per process; a failed registration is tried again with the next value. */
export function valueWriter(registry: SchemaRegistry, outputTopic: string): ValueWriter {
  const subject = valueSubject(outputTopic);
  const headers = new Map<number, Buffer>();

  return async (value) => {
    const id = readWireHeader(value);
    if (id === undefined) throw notAvro();
    const header = headers.get(id) ?? wireHeader(await registry.register(subject, await registry.schemaById(id)));
    headers.set(id, header);
    if (readWireHeader(header) === id) return value;
    return Buffer.concat([header, value.subarray(WIRE_HEADER_BYTES)]);
  };
}

function notAvro(): ConnectlessError {
  return new ConnectlessError(
    'VALUE_NOT_AVRO',
    "the value does not begin with the schema registry's magic byte and a schema id: produce it with an Avro serializer.",
  );
}
