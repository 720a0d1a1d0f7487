// A record's headers as one row for the file beside that of the values: names and texts.
import { isUtf8 } from 'node:buffer';
import { codec } from '../avro/codec';
import type { FormatConfig, SinkConverters } from '../config/sink-model';
import type { ConnectlessError } from '../errors';
import { avroText } from './connect/avro';
import type { ConnectSchema } from './connect/schema';
import type { Data } from './data';
import { dataSchema } from './data-schema';
import { fault } from './fault';
import { simpleHeaderText } from './header/simple';

/** As an MSK event has them: each an object of one member, its bytes signed. */
export type EventHeaders = ReadonlyArray<Readonly<Record<string, readonly number[] | null>>>;

const STRING: ConnectSchema = { type: 'string', optional: false };
const ROW: ConnectSchema = {
  type: 'array',
  optional: false,
  items: {
    type: 'struct',
    optional: false,
    fields: [
      { name: 'key', schema: STRING },
      { name: 'value', schema: STRING },
    ],
  },
};
const ROW_IN_RECORD: ConnectSchema = {
  type: 'struct',
  optional: false,
  name: 'RecordHeaders',
  fields: [{ name: 'headers', schema: ROW }],
};

const row = dataSchema(avroText(ROW));
const rowInRecord = dataSchema(avroText(ROW_IN_RECORD));

/**
 * An array of records; in a record RecordHeaders for JSON and Parquet, as Confluent's sink has it. An error is the record's: a
 * header whose value is null, or is no text.
 */
export function headersConverter(
  converter: SinkConverters['headers'],
  format: FormatConfig['kind'],
): (headers: EventHeaders) => Data | ConnectlessError {
  const schema = format === 'json' || format === 'parquet' ? rowInRecord : row;
  const textOf = converter === 'simple' ? simpleHeaderText : (text: string) => text;
  // A record has no bytes of its own, so the row's are those of both.
  const { encode } = codec(row.schema);
  return (headers) => {
    const pairs: Array<{ key: string; value: string }> = [];
    for (const [key, signed] of headers.flatMap((header) => Object.entries(header))) {
      const bytes = signed === null ? undefined : Buffer.from(Int8Array.from(signed));
      if (bytes !== undefined && !isUtf8(bytes)) return notText();
      const value = bytes === undefined ? undefined : textOf(bytes.toString());
      if (value === undefined) return nullHeader(converter);
      pairs.push({ key, value });
    }
    const bytes = encode(pairs);
    return { schema, bytes, start: 0, end: bytes.length };
  };
}

function notText(): ConnectlessError {
  return fault(
    'HEADER_NOT_TEXT',
    'one of its headers is not UTF-8, and headers are stored as text. Produce it as text, or do not store headers.',
  );
}

function nullHeader(converter: SinkConverters['headers']): ConnectlessError {
  const text = converter === 'simple' ? ' (as SimpleHeaderConverter reads the text "null")' : '';
  const cure =
    converter === 'simple' ? ', or set header.converter=org.apache.kafka.connect.storage.StringConverter' : '';
  return fault(
    'HEADER_NULL',
    `one of its headers is null${text}, and cannot be stored. Produce it with a value${cure}.`,
  );
}
