// A record's datum → a datum of the schema that its file has.
import { type Codec, codec } from '../../avro/codec';
import type { Data, DataSchema } from '../../convert/data';
import { ConnectlessError } from '../../errors';
import { isSame } from './changes-file';
import { forEachPair } from './pairs';
import { projection } from './projection';

/**
 * The same data where the schemas are the same. Answers NOT_PROJECTABLE where changesFile would have closed the file, and what the
 * codec says of the datum.
 */
export function project(record: Data, to: DataSchema): Data | ConnectlessError {
  const { schema: from } = record;
  if (from === undefined) return notProjectable();
  if (isSame(from, to)) return record;
  try {
    const bytes = projector(from, to)?.(record.bytes, record.start);
    return bytes === undefined ? notProjectable() : { schema: to, bytes, start: 0, end: bytes.length };
  } catch (error) {
    if (error instanceof ConnectlessError) return error;
    if (error instanceof RangeError) return tooDeep(error);
    throw error;
  }
}

const projector = forEachPair((from, to) => {
  const project = projection(from.schema, to.schema);
  if (project === undefined) return undefined;
  const [reader, writer] = [codecOf(from), codecOf(to)];
  return (bytes: Buffer, start: number) => writer.encode(project(reader.decode(bytes, start).value));
});

const codecs = new WeakMap<DataSchema, Codec>();

function codecOf(schema: DataSchema): Codec {
  const known = codecs.get(schema) ?? codec(schema.schema);
  codecs.set(schema, known);
  return known;
}

function notProjectable(): ConnectlessError {
  return new ConnectlessError(
    'NOT_PROJECTABLE',
    'its value cannot be projected to the schema of its file. Close the open files: connectless flush CONNECTOR.',
  );
}

function tooDeep(cause: RangeError): ConnectlessError {
  return new ConnectlessError('DATUM_TOO_DEEP', 'its value is nested too deep to be projected', { cause });
}
