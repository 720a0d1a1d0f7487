// A record's value, key and headers, as their converters give them.
import { noWireFormat } from '../convert/avro';
import type { Converter, Data, KnownSchemas } from '../convert/data';
import { datumOf } from '../convert/datum';
import type { Side } from '../convert/fault';
import { isNull } from '../convert/null-data';
import { ConnectlessError } from '../errors';
import { type BlockBuffer, stage, stageBytes } from './blocks';
import type { Draft } from './draft';
import type { Need } from './need';
import type { SinkRecord, Stage } from './record';
import type { Failed } from './refuse';

type Converted = Data | Need | Failed;

/** Null: it is Connect's null. The bytes may lie in the draft's staging block: they are there until the next value is asked for. */
export function convertedValue({ rules, staging }: Draft, value: string): Converted | null {
  const data =
    rules.value === undefined ? wireValue(staging, value, rules.schemas.value) : anyValue(staging, value, rules.value);
  return 'bytes' in data && isNull(data) ? null : data;
}

/** Where the configuration stores keys. */
export function convertedKey({ rules }: Draft, { key }: SinkRecord): Converted {
  if (key == null) return failed('TASK_PUT', 'KEY_NULL', KEY_NULL);
  const bytes = Buffer.from(key, 'base64');
  const data = outcomeOf('key', rules.key(bytes, 0, bytes.length));
  return 'bytes' in data && isNull(data) ? failed('TASK_PUT', 'KEY_NULL', KEY_NULL) : data;
}

/** Where the configuration stores headers. */
export function convertedHeaders({ rules }: Draft, { headers }: SinkRecord): Data | Failed {
  if (headers == null || headers.length === 0) return failed('TASK_PUT', 'HEADERS_MISSING', HEADERS_MISSING);
  const data = rules.headers(headers);
  return data instanceof ConnectlessError ? { stage: 'HEADER_CONVERTER', error: data } : data;
}

function anyValue(block: BlockBuffer, value: string, converter: Converter): Converted {
  if (!stageBytes(block, value)) return failed('VALUE_CONVERTER', 'EVENT_NOT_BASE64', NOT_BASE64);
  return outcomeOf('value', converter(block.bytes, block.stagedStart, block.stagedEnd));
}

/** Confluent's wire format, the bytes staged where they belong. */
function wireValue(block: BlockBuffer, value: string, schemas: KnownSchemas): Converted {
  const id = stage(block, value);
  if (id === 'not-base64') return failed('VALUE_CONVERTER', 'EVENT_NOT_BASE64', NOT_BASE64);
  if (id === 'no-wire-format') return { stage: 'VALUE_CONVERTER', error: noWireFormat('value') };
  return outcomeOf('value', datumOf('value', schemas, id, block.bytes, block.stagedStart, block.stagedEnd));
}

function outcomeOf(side: Side, answer: ReturnType<Converter>): Converted {
  if ('bytes' in answer) return answer;
  if ('needs' in answer) return { kind: 'schema', side, id: answer.needs };
  return { stage: side === 'key' ? 'KEY_CONVERTER' : 'VALUE_CONVERTER', error: answer };
}

function failed(stage: Stage, code: string, what: string): Failed {
  return { stage, error: new ConnectlessError(code, what) };
}

const NOT_BASE64 = 'its value in the event is not base64, as an MSK event has it.';
const KEY_NULL =
  'its key is null, and store.kafka.keys=true stores keys row for row. Produce it with a key, or do not store keys.';
const HEADERS_MISSING =
  'it has no headers, and store.kafka.headers=true stores them row for row. Produce it with headers, or do not store them.';
