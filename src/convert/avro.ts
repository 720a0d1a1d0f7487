// Confluent's AvroConverter: an Avro datum behind a zero byte and the id of its schema.
import { readWireHeader, WIRE_HEADER_BYTES } from '../avro/wire';
import type { ConnectlessError } from '../errors';
import type { Converter, KnownSchemas } from './data';
import { datumOf } from './datum';
import { fault, type Side } from './fault';

export function avroConverter(side: Side, known: KnownSchemas): Converter {
  return (bytes, start, end) => {
    const id = readWireHeader(bytes.subarray(start, end));
    if (id === undefined) return noWireFormat(side);
    return datumOf(side, known, id, bytes, start + WIRE_HEADER_BYTES, end);
  };
}

export function noWireFormat(side: Side): ConnectlessError {
  return fault(
    'NO_WIRE_FORMAT',
    `its ${side} is not Avro in the schema registry's wire format (a zero byte and a schema id). Produce it with ` +
      `${side}.converter=io.confluent.connect.avro.AvroConverter, or with an Avro serializer.`,
  );
}
