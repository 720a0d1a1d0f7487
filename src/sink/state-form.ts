// A partition's state in the state store.
import { ConnectlessError } from '../errors';
import { bytesIn, type OpenStream, type PartitionState, type StoredSchema } from './partition-state';
import { type Header, type StreamHeader, VERSION } from './state-header';
import { upgraded } from './state-upgrade';

/*
 * state  = length header *( tail block ) *tail   tail and block of each open stream, then the tail of each file to close
 * length = int32, big-endian: bytes of header
 * header = JSON, UTF-8
 */
const LENGTH_BYTES = 4;

export function encodeState({ first, last, open, since, closing, clock }: PartitionState): Buffer {
  const schemas = new Map<string, { index: number; schema: StoredSchema }>();
  const indexOf = (schema: StoredSchema): number => {
    const key = JSON.stringify([schema.id, schema.version, schema.text]);
    const known = schemas.get(key) ?? { index: schemas.size, schema };
    schemas.set(key, known);
    return known.index;
  };
  const openHeaders = open.map((file) => ({ ...file, streams: file.streams.map((one) => streamHeader(one, indexOf)) }));
  const header: Header = {
    version: VERSION,
    first,
    last,
    schemas: [...schemas.values()].map(({ schema }) => schema),
    open: openHeaders,
    ...(since === undefined ? {} : { since }),
    closing: closing.map(({ tail, ...file }) => ({ ...file, tailBytes: bytesIn(tail) })),
    ...(clock === undefined ? {} : { clock }),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  const openBytes = open.flatMap(({ streams }) => streams.flatMap(({ tail, block }) => [...tail, block.datums]));
  return Buffer.concat([length, json, ...openBytes, ...closing.flatMap((file) => file.tail)]);
}

function streamHeader({ tail, block, schema, ...stream }: OpenStream, indexOf: (schema: StoredSchema) => number) {
  return {
    ...stream,
    ...(schema === undefined ? {} : { schema: indexOf(schema) }),
    tailBytes: bytesIn(tail),
    block: { records: block.records, bytes: block.datums.length },
  };
}

/**
 * Also of what earlier versions wrote. Throws STATE_VERSION for what a later one wrote, STATE_CORRUPT for what none did. `key`
 * is the state's, for the message.
 */
export function decodeState(body: Buffer, key: string): PartitionState {
  const { header, start } = readHeader(body, key);
  let position = start;
  const take = (bytes: number) => {
    position += bytes;
    return body.subarray(position - bytes, position);
  };
  const open = header.open.map((file) => ({
    ...file,
    streams: file.streams.map((stream) => openStream(stream, header.schemas, take)),
  }));
  const closing = header.closing.map(({ tailBytes, ...file }) => ({ ...file, tail: chunks(take(tailBytes)) }));
  if (position !== body.length) throw corrupt(key, `it has ${body.length} bytes instead of ${position}`);
  const { first, last, since, clock } = header;
  return {
    first,
    last,
    open,
    ...(since === undefined ? {} : { since }),
    closing,
    ...(clock === undefined ? {} : { clock }),
  };
}

function openStream(
  { tailBytes, block, schema: index, ...stream }: StreamHeader,
  schemas: readonly StoredSchema[],
  take: (bytes: number) => Buffer,
): OpenStream {
  const schema = index === undefined ? undefined : schemas[index];
  return {
    ...stream,
    ...(schema === undefined ? {} : { schema }),
    tail: chunks(take(tailBytes)),
    block: { records: block.records, datums: take(block.bytes) },
  };
}

function chunks(tail: Buffer): Buffer[] {
  return tail.length === 0 ? [] : [tail];
}

function readHeader(body: Buffer, key: string): { header: Header; start: number } {
  const start = body.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + body.readUInt32BE();
  if (start > body.length) throw corrupt(key, 'it is truncated');
  let header: { version: number };
  try {
    header = JSON.parse(body.toString('utf8', LENGTH_BYTES, start));
  } catch {
    throw corrupt(key, 'its header is no JSON');
  }
  const current = upgraded(header);
  if (current !== undefined) return { header: current, start };
  throw new ConnectlessError(
    'STATE_VERSION',
    `The state object "${key}" has version ${header.version}, this code reads up to ${VERSION}: run the version that wrote it.`,
  );
}

function corrupt(key: string, what: string): ConnectlessError {
  return new ConnectlessError(
    'STATE_CORRUPT',
    `The state object "${key}" is not what the sink wrote: ${what}. Restore it from a backup of the state.`,
  );
}
