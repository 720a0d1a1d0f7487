// An Avro datum behind its wire header: the schema found, every byte looked at.
import { NOT_UTF8 } from '../avro/skip-steps';
import { ConnectlessError, messageOf } from '../errors';
import type { Data, DataSchema, KnownSchemas, NeedsSchema } from './data';
import { fault, type Side } from './fault';

/** The datum from `start` to `end`, of the schema with this id. */
export function datumOf(
  side: Side,
  known: KnownSchemas,
  id: number | string,
  bytes: Buffer,
  start: number,
  end: number,
): Data | NeedsSchema | ConnectlessError {
  const schema = known(id);
  if (schema === undefined) return { needs: id };
  if (schema instanceof ConnectlessError) return schema;
  const what = datumFault(schema, bytes, start, end);
  return what === undefined ? { schema, bytes, start, end } : brokenDatum(side, id, what);
}

/** Undefined when the bytes are one whole datum of the schema; otherwise a sentence. */
function datumFault({ skip }: DataSchema, bytes: Buffer, start: number, end: number): string | undefined {
  try {
    const behind = skip(bytes, start, end);
    if (behind === end) return undefined;
    if (behind === NOT_UTF8) return 'A string in the datum is not UTF-8.';
    return behind < 0 ? 'The datum is truncated or malformed.' : `${end - behind} bytes are left behind the datum.`;
  } catch (error) {
    return messageOf(error);
  }
}

export function brokenDatum(side: Side, id: number | string, what: string): ConnectlessError {
  return fault('BROKEN_DATUM', `its ${side} is not one whole datum of its schema, id ${id}. ${what}`);
}
