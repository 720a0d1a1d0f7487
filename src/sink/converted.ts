// A record's value, key and headers, as their converters give them.
import type { Converter, Data } from '../convert/data';
import { isNull } from '../convert/null-data';
import { ConnectlessError, messageOf } from '../errors';
import { type BlockBuffer, stage, stageBytes } from './blocks';
import type { Draft } from './draft';
import type { Need } from './need';
import type { SinkRecord, Stage } from './record';
import type { Failed } from './refuse';
import type { Side } from './rules';

type Converted = Data | Need | Failed;

/** Null: it is Connect's null. The bytes may lie in the draft's staging block: they are there until the next value is asked for. */
export function convertedValue({ rules, staging }: Draft, value: string): Converted | null {
  const { value: converter } = rules;
  if (converter === undefined) return wireValue(staging, value, rules.schemas.value);
  if (stageBytes(staging, value) !== undefined) return failed('VALUE_CONVERTER', 'EVENT_NOT_BASE64', NOT_BASE64);
  const data = convert(converter, 'value', staging.bytes, staging.stagedStart, staging.stagedEnd);
  return 'bytes' in data && isNull(data) ? null : data;
}

/** Where the configuration stores keys. */
export function convertedKey({ rules }: Draft, { key }: SinkRecord): Converted {
  if (key == null) return failed('TASK_PUT', 'KEY_NULL', KEY_NULL);
  const bytes = Buffer.from(key, 'base64');
  const data = convert(rules.key, 'key', bytes, 0, bytes.length);
  return 'bytes' in data && isNull(data) ? failed('TASK_PUT', 'KEY_NULL', KEY_NULL) : data;
}

/** Where the configuration stores headers. */
export function convertedHeaders({ rules }: Draft, { headers }: SinkRecord): Data | Failed {
  if (headers == null || headers.length === 0) return failed('TASK_PUT', 'HEADERS_MISSING', HEADERS_MISSING);
  const data = rules.headers(headers);
  return data instanceof ConnectlessError ? { stage: 'HEADER_CONVERTER', error: data } : data;
}

function convert(converter: Converter, side: Side, bytes: Buffer, start: number, end: number): Converted {
  const data = converter(bytes, start, end);
  if ('bytes' in data) return data;
  if ('needs' in data) return { kind: 'schema', side, id: data.needs };
  return { stage: side === 'key' ? 'KEY_CONVERTER' : 'VALUE_CONVERTER', error: data };
}

/** Confluent's wire format, the bytes staged where they belong. */
function wireValue(block: BlockBuffer, value: string, schemas: Draft['rules']['schemas']['value']): Converted | null {
  const id = stage(block, value);
  if (id === 'not-base64') return failed('VALUE_CONVERTER', 'EVENT_NOT_BASE64', NOT_BASE64);
  if (id === 'no-wire-format') return failed('VALUE_CONVERTER', 'NO_WIRE_FORMAT', NO_WIRE_FORMAT);
  const schema = schemas(id);
  if (schema === undefined) return { kind: 'schema', side: 'value', id };
  if ('code' in schema) return { stage: 'VALUE_CONVERTER', error: schema };
  const { bytes, stagedStart: start, stagedEnd: end } = block;
  const fault = datumFault(schema.skip, bytes, start, end);
  if (fault !== undefined) return failed('VALUE_CONVERTER', 'BROKEN_DATUM', `${brokenDatum(id)} ${fault}`);
  const data = { schema, bytes, start, end };
  return isNull(data) ? null : data;
}

/** Undefined when the bytes are one whole datum. */
function datumFault(
  skip: (bytes: Buffer, start: number, end: number) => number,
  bytes: Buffer,
  start: number,
  end: number,
) {
  try {
    const behind = skip(bytes, start, end);
    if (behind === end) return undefined;
    return behind < 0 ? 'The datum is truncated or malformed.' : `${end - behind} bytes are left behind the datum.`;
  } catch (error) {
    return messageOf(error);
  }
}

function failed(stage: Stage, code: string, what: string): Failed {
  return { stage, error: new ConnectlessError(code, what) };
}

const NOT_BASE64 = 'its value in the event is not base64, as an MSK event has it.';
const NO_WIRE_FORMAT =
  "its value is not Avro in the schema registry's wire format (a zero byte and a schema id). Produce it with " +
  'value.converter=io.confluent.connect.avro.AvroConverter, or with an Avro serializer.';
const KEY_NULL =
  'its key is null, and store.kafka.keys=true stores keys row for row. Produce it with a key, or do not store keys.';
const HEADERS_MISSING =
  'it has no headers, and store.kafka.headers=true stores them row for row. Produce it with headers, or do not store them.';
const brokenDatum = (id: number) => `its value is not one whole datum of its schema, id ${id}.`;
