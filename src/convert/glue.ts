// AWSKafkaAvroConverter: an Avro datum behind AWS Glue's header, perhaps compressed.
import { inflateSync } from 'node:zlib';
import type { ConnectlessError } from '../errors';
import type { Converter, KnownSchemas } from './data';
import { brokenDatum, datumOf } from './datum';
import { fault, type Side } from './fault';

/*
 * message     = version compression id datum
 * version     = %x03
 * compression = %x00 / %x05                  none, zlib
 * id          = 16 OCTET                     UUID of the schema's version
 * datum       = Avro binary in that schema, compressed as said
 */
const VERSION = 3;
const PLAIN = 0;
const ZLIB = 5;
const ID_BYTES = 16;
const HEADER_BYTES = 2 + ID_BYTES;

/** What a datum may have when it is inflated: far more than Kafka takes in a message, and what a function's memory can hold. */
const MOST_BYTES = 64 * 1024 * 1024;

export function glueConverter(side: Side, known: KnownSchemas): Converter {
  return (bytes, start, end) => {
    const compression = bytes[start + 1];
    const isWire = end - start >= HEADER_BYTES && bytes[start] === VERSION;
    if (!isWire || (compression !== PLAIN && compression !== ZLIB)) return noWireFormat(side);
    const id = uuid(bytes.subarray(start + 2, start + HEADER_BYTES));
    const body = start + HEADER_BYTES;
    if (compression === PLAIN) return datumOf(side, known, id, bytes, body, end);
    // Before the schema is there, inflating it would be for nothing.
    if (known(id) === undefined) return { needs: id };
    const datum = inflated(bytes.subarray(body, end));
    return datum === undefined ? notInflated(side, id) : datumOf(side, known, id, datum, 0, datum.length);
  };
}

function inflated(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    return undefined;
  }
}

/** `b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63` */
function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function notInflated(side: Side, id: string): ConnectlessError {
  return brokenDatum(side, id, `It does not inflate with zlib to at most ${MOST_BYTES} bytes.`);
}

function noWireFormat(side: Side): ConnectlessError {
  return fault(
    'NO_WIRE_FORMAT',
    `its ${side} is not Avro in AWS Glue's wire format (3, then 0 or 5, then the id of a schema version). Produce it with ` +
      `${side}.converter=com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter, or with Glue's serializer.`,
  );
}
