// The records of an MSK event by topic and partition, nothing decoded.
import type { MSKRecord } from 'aws-lambda';
import { ConnectlessError } from '../errors';
import type { LogRecord } from './topic-log';

/** A record of the event as Lambda really sends it: `@types/aws-lambda` denies that key, value and headers may be absent. */
export interface EventRecord extends Pick<MSKRecord, 'topic' | 'partition' | 'offset' | 'timestamp' | 'timestampType'> {
  /** base64 */
  readonly key?: string | null;
  /** base64 */
  readonly value?: string | null;
  /** Each with one name; the value as signed or unsigned bytes. */
  readonly headers?: ReadonlyArray<Readonly<Record<string, readonly number[] | null>>> | null;
}

/** What of an `MSKEvent` is used. */
export interface TriggerEvent {
  readonly records: Readonly<Record<string, readonly EventRecord[]>>;
}

/** Throws EVENT_UNKNOWN for what no trigger sends: a schedule or a person has invoked the wrong function, which takes that, `orElse`. */
export function triggerEvent(event: unknown, orElse = ''): TriggerEvent {
  if (isTriggerEvent(event)) return event;
  const keys = typeof event === 'object' && event !== null ? Object.keys(event).slice(0, 5) : [];
  const what = keys.length === 0 ? 'one without any' : `one with ${keys.join(', ')}`;
  throw new ConnectlessError(
    'EVENT_UNKNOWN',
    `This function takes events of its MSK trigger (objects with "records")${orElse}, and was given ${what}: look what else invokes it.`,
  );
}

function isTriggerEvent(event: unknown): event is TriggerEvent {
  if (typeof event !== 'object' || event === null || !('records' in event)) return false;
  return typeof event.records === 'object' && event.records !== null;
}

export interface PartitionRecords {
  readonly topic: string;
  readonly partition: number;
  /** Ascending by offset, as the event source delivers them; never empty. */
  readonly records: readonly EventRecord[];
}

/**
 * One entry for each topic and partition in the event. Only the records are asked: of the event's key `a-1-0`, nobody can
 * say where the topic's name ends.
 */
export function recordsByPartition(event: TriggerEvent): PartitionRecords[] {
  return Object.values(event.records).flatMap((records) => {
    const first = records[0];
    return first === undefined ? [] : [{ topic: first.topic, partition: first.partition, records }];
  });
}

/** Epoch milliseconds of the record that has waited longest; undefined when none has a timestamp. */
export function oldestTimestamp(partitions: readonly PartitionRecords[]): number | undefined {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { records } of partitions) {
    for (const { timestamp } of records) if (timestamp >= 0 && timestamp < oldest) oldest = timestamp;
  }
  return oldest === Number.POSITIVE_INFINITY ? undefined : oldest;
}

/** The record as it lies in the topic. */
export function decodeRecord({ partition, offset, timestamp, key, value, headers }: EventRecord): LogRecord {
  return {
    partition,
    offset,
    timestamp,
    key: bytes(key),
    value: bytes(value),
    headers: (headers ?? []).flatMap((header) =>
      Object.entries(header).map(([name, content]) => [name, content === null ? null : Buffer.from(content)] as const),
    ),
  };
}

function bytes(base64: string | null | undefined): Buffer | null {
  return base64 === null || base64 === undefined ? null : Buffer.from(base64, 'base64');
}
