// Items of arrays that take no bytes: a few bytes of a datum may stand for billions of them.
import { ConnectlessError } from '../errors';
import type { Schema } from './schema';
import { someSchema } from './schema-walk';
import { read } from './skip-steps';
import { skipper } from './skipper';

/** In a datum. Nobody needs as many, and a record that comes with them takes half a megabyte. */
const MOST_ITEMS = 2 ** 16;

/**
 * A check of the datum at a position, before it is decoded; undefined for a schema without such arrays. It throws a
 * ConnectlessError DATUM_TOO_LONG, and INVALID_DATUM or DATUM_TOO_DEEP for what the skipper refuses.
 */
export function emptyItemsCheck(schema: Schema): ((bytes: Uint8Array, position: number) => void) | undefined {
  if (!hasEmptyItems(schema)) return undefined;
  const skip = skipper(schema);
  return (bytes, position) => {
    read.emptyItems = 0;
    const end = skip(bytes, position, bytes.length);
    if (read.emptyItems > MOST_ITEMS) throw tooLong();
    if (end < 0) throw new ConnectlessError('INVALID_DATUM', 'The Avro datum is truncated or malformed');
  };
}

function hasEmptyItems(schema: Schema): boolean {
  return someSchema(schema, (inner) => inner.type === 'array' && isEmpty(inner.items, new Map()));
}

/** @param known of records; one that is within itself has no end, and so no datum */
function isEmpty(schema: Schema, known: Map<Schema, boolean>): boolean {
  if (schema.type !== 'record') return schema.type === 'null' || (schema.type === 'fixed' && schema.size === 0);
  const answer = known.get(schema);
  if (answer !== undefined) return answer;
  known.set(schema, false);
  const empty = schema.fields.every(({ type }) => isEmpty(type, known));
  known.set(schema, empty);
  return empty;
}

function tooLong(): ConnectlessError {
  return new ConnectlessError(
    'DATUM_TOO_LONG',
    `The arrays of the datum have more than ${MOST_ITEMS} items that take no bytes, as nulls do`,
  );
}
