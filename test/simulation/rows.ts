// The rows of a file that a schedule left, read by a decoder that the sink does not use; also those of one that is still open.
import { constants, gunzipSync } from 'node:zlib';
import { Type } from 'avsc';
import { readContainer } from '../../src/avro/container';
import type { OpenStream } from '../../src/sink/partition-state';

export function rowsIn(key: string, body: Buffer): unknown[] {
  if (key.endsWith('.avro')) return avroRows(body, NOTHING);
  return lines(key.endsWith('.gz') ? gunzipSync(body) : body);
}

/** @param parts those that are uploaded */
export function openRows({ key, tail, block }: OpenStream, parts: Buffer): unknown[] {
  const body = Buffer.concat([parts, ...tail]);
  if (key.endsWith('.avro')) return avroRows(body, block.datums);
  const text = key.endsWith('.gz') && body.length > 0 ? gunzipSync(body, UNFINISHED) : body;
  return lines(Buffer.concat([text, block.datums]));
}

const UNFINISHED = { finishFlush: constants.Z_SYNC_FLUSH };
const NOTHING = Buffer.alloc(0);

function lines(text: Buffer): unknown[] {
  const all = text.toString().split('\n');
  return all.slice(0, -1).map((line): unknown => JSON.parse(line));
}

/** @param more datums that are in no block yet */
function avroRows(body: Buffer, more: Buffer): unknown[] {
  const { schema, blocks } = readContainer(body);
  const type = typeOf(schema);
  const rows = [...blocks].flatMap(({ count, data }) => {
    const inBlock = datums(type, data);
    if (inBlock.length !== count) throw new Error(`a block of ${count} has ${inBlock.length} records`);
    return inBlock;
  });
  return [...rows, ...datums(type, more)];
}

const types = new Map<string, Type>();

function typeOf(schema: string): Type {
  const type = types.get(schema) ?? Type.forSchema(JSON.parse(schema));
  types.set(schema, type);
  return type;
}

function datums(type: Type, bytes: Buffer): unknown[] {
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, offset } = type.decode(bytes, at);
    if (offset <= at) throw new Error('a datum is cut off');
    rows.push(value);
    at = offset;
  }
  return rows;
}
