// Cuts what a consumer read into events of an MSK trigger: at most 6 MB and 10,000 records, each partition in its order.
import { ConnectlessError } from '../../src/errors';

type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyArray<readonly [name: string, value: Buffer | null]>;
}

/** Where an event says that it comes from. */
export interface Origin {
  readonly eventSourceArn: string;
  /** host:port,host:port */
  readonly bootstrapServers: string;
}

/** A record of the event, as the trigger gives it: `key` and `value` in base64. */
interface EventRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: TimestampType;
  key: string | null;
  value: string | null;
  headers: Record<string, number[]>[];
}

/** aws-lambda's MSKEvent, whose types leave out that a key or a value may be null. */
interface KafkaEvent extends Origin {
  eventSource: 'aws:kafka';
  /** By `topic-partition`. */
  records: Record<string, EventRecord[]>;
}

export interface Limits {
  readonly maxRecords: number;
  /** Bytes of the event as JSON. */
  readonly maxBytes: number;
}

/** Of an MSK trigger's batch and of the payload of a synchronous invocation (AWS's documentation of both). */
export const lambdaLimits: Limits = { maxRecords: 10_000, maxBytes: 6 * 1024 * 1024 };

/**
 * How many of the first `records` make one event. Throws ConnectlessError `RECORD_TOO_LARGE` when the first one alone is
 * over the limit: nothing may overtake it.
 */
export function firstBatch(records: readonly ConsumedRecord[], origin: Origin, limits: Limits = lambdaLimits): number {
  const partitions = new Set<string>();
  let bytes = jsonBytes(mskEvent([], origin));
  for (const [count, record] of records.entries()) {
    const name = partitionName(record);
    bytes += recordBytes(record);
    bytes += partitions.has(name) ? ','.length : jsonBytes(name) + (count === 0 ? ':[]' : ',:[]').length;
    if (count === limits.maxRecords) return count;
    if (bytes > limits.maxBytes) return count > 0 ? count : tooLarge(record, bytes, limits);
    partitions.add(name);
  }
  return records.length;
}

/** The event as the trigger builds it: keys and values in base64, the values of headers as lists of bytes. */
export function mskEvent(records: readonly ConsumedRecord[], origin: Origin): KafkaEvent {
  const byPartition: Record<string, EventRecord[]> = {};
  for (const record of records) {
    const name = partitionName(record);
    byPartition[name] ??= [];
    byPartition[name].push(eventRecord(record));
  }
  return { eventSource: 'aws:kafka', ...origin, records: byPartition };
}

const emptyRecord: EventRecord = {
  topic: '',
  partition: 0,
  offset: 0,
  timestamp: 0,
  timestampType: 'CREATE_TIME',
  key: null,
  value: null,
  headers: [],
};
const [emptyTopic, zeros, shortType, nulls, noHeaders] = ['""', '000', 'CREATE_TIME', 'nullnull', '[]'];
const namesAndSigns = jsonBytes(emptyRecord) - `${emptyTopic}${zeros}${shortType}${nulls}${noHeaders}`.length;

/** The size of the record in the event's JSON, reckoned without writing it: that would double the cost of an event. */
export function recordBytes(record: ConsumedRecord): number {
  const digits = `${record.partition}${record.offset}${record.timestamp}`.length;
  return (
    namesAndSigns +
    record.topic.length +
    '""'.length +
    digits +
    record.timestampType.length +
    base64Bytes(record.key) +
    base64Bytes(record.value) +
    (record.headers.length === 0 ? noHeaders.length : jsonBytes(eventHeaders(record)))
  );
}

function base64Bytes(bytes: Buffer | null): number {
  return bytes === null ? 'null'.length : '""'.length + 4 * Math.ceil(bytes.length / 3);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function eventRecord(record: ConsumedRecord): EventRecord {
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: record.timestampType,
    key: record.key?.toString('base64') ?? null,
    value: record.value?.toString('base64') ?? null,
    headers: eventHeaders(record),
  };
}

function eventHeaders({ headers }: ConsumedRecord): Record<string, number[]>[] {
  return headers.map(([name, value]) => ({ [name]: [...(value ?? [])] }));
}

function partitionName({ topic, partition }: ConsumedRecord): string {
  return `${topic}-${partition}`;
}

function tooLarge({ topic, partition, offset }: ConsumedRecord, bytes: number, { maxBytes }: Limits): never {
  throw new ConnectlessError(
    'RECORD_TOO_LARGE',
    `${topic}-${partition}, offset ${offset}: an event with this record alone has ${bytes} bytes, and Lambda takes ${maxBytes}. ` +
      'Nothing can be delivered past it: lower max.message.bytes of the topic, and move the offset of the consumer group beyond the record.',
  );
}
