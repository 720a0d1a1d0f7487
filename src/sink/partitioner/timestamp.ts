// timestamp.extractor: the time of a record, epoch milliseconds.
import type { PartitionerConfig } from '../../config/sink-model';
import { ConnectlessError } from '../../errors';
import { fieldReader } from './field-reader';
import { type FieldValue, MISSING, UNSUPPORTED } from './field-value';
import { isoTimestamp } from './iso-timestamp';
import type { PlacedRecord } from './partitioner';

type ExtractorConfig = Extract<PartitionerConfig, { kind: 'time' }>['extractor'];

/** @param now the wall clock of the batch */
export type Extractor = (record: PlacedRecord, now: number) => number | ConnectlessError;

export function extractorOf(config: ExtractorConfig): Extractor {
  switch (config.kind) {
    case 'wallclock':
      return (_, now) => now;
    case 'record':
      return ({ timestamp }) => (timestamp < 0 ? noTimestamp() : timestamp);
    case 'field':
      return fieldExtractor(config.field);
  }
}

function fieldExtractor(name: string): Extractor {
  const read = fieldReader(name);
  return ({ value }) => timeOf(read(value), name);
}

/** Of an integer, whatever its unit is, the milliseconds that Connect takes it for: also of timestamp-micros. */
function timeOf(value: FieldValue, name: string): number | ConnectlessError {
  if (value === MISSING) return missing(name);
  if (value === null) return isNull(name);
  if (typeof value === 'string') return timeOfText(value) ?? unreadable(name);
  if (value === UNSUPPORTED || typeof value === 'boolean') return wrongType(name);
  return value instanceof Date ? value.getTime() : Number(value);
}

/** Fewer digits are a year. */
const EPOCH_MS = /^-?\d{5,}$/;

function timeOfText(text: string): number | undefined {
  return EPOCH_MS.test(text) ? Number(text) : isoTimestamp(text);
}

function noTimestamp(): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_MISSING',
    'it has no timestamp in Kafka, and timestamp.extractor=Record asks for it. Produce it with one, or set timestamp.extractor to Wallclock or RecordField.',
  );
}

function isNull(name: string): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_MISSING',
    `its field ${name}, which timestamp.field names, is null. Produce records with a time, or set timestamp.extractor to Wallclock or Record.`,
  );
}

function missing(name: string): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_FIELD_MISSING',
    `its value has no field ${name}, which timestamp.field names. Produce records that have it, or name another field.`,
  );
}

function wrongType(name: string): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_FIELD_TYPE',
    `its field ${name}, which timestamp.field names, is no integer, string or timestamp-millis. Name a field that is one.`,
  );
}

function unreadable(name: string): ConnectlessError {
  return new ConnectlessError(
    'TIMESTAMP_UNREADABLE',
    `its field ${name}, which timestamp.field names, is a text that is no time. Write milliseconds since 1970, or ISO 8601: 2024-02-29T10:11:12Z.`,
  );
}
