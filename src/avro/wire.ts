// Confluent's wire format: the five bytes in front of every Avro datum on a topic.

/*
 * message = magic id datum
 * magic   = %x00
 * id      = int32, big-endian: the schema's id in the registry
 * datum   = Avro binary in that schema
 */
const MAGIC = 0;

/** Bytes before the datum. */
export const WIRE_HEADER_BYTES = 5;

/** The header of messages whose schema has this id. */
export function wireHeader(id: number): Buffer {
  const header = Buffer.alloc(WIRE_HEADER_BYTES);
  header.writeInt8(MAGIC, 0);
  header.writeInt32BE(id, 1);
  return header;
}

/** The schema's id, or undefined when the bytes do not begin with this header. */
export function readWireHeader(bytes: Uint8Array): number | undefined {
  if (bytes.length < WIRE_HEADER_BYTES || bytes[0] !== MAGIC) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, WIRE_HEADER_BYTES).getInt32(1);
}
