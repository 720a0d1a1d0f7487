// Connect's optional strings and bytes as Avro: what StringConverter and ByteArrayConverter make of everything.
import { longBytes } from '../avro/varint';
import type { Data } from './data';
import { dataSchema } from './data-schema';

const STRING = dataSchema('["null","string"]');
const BYTES = dataSchema('["null","bytes"]');

export function optionalString(utf8: Uint8Array): Data {
  return secondBranch(STRING, utf8);
}

export function optionalBytes(bytes: Uint8Array): Data {
  return secondBranch(BYTES, bytes);
}

function secondBranch(schema: Data['schema'], content: Uint8Array): Data {
  const bytes = Buffer.concat([longBytes(1), longBytes(content.length), content]);
  return { schema, bytes, start: 0, end: bytes.length };
}
