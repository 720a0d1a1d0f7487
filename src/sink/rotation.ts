// When files are closed: any rotation closes all open files of a topic-partition, as Kafka Connect's does.
import type { RotationConfig, SinkConfig } from '../config/sink-model';
import type { SinceRotation } from './partition-state';
import type { Place } from './partitioner/partitioner';
import { nextBoundary } from './schedule-boundary';

// S3 takes 10,000 parts in an upload; the last one is the tail.
const MOST_FULL_PARTS = 9_999;

// Each batch reads and writes what is in no part yet: a partition of many directories would otherwise take any memory.
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

/** What the rules look at once a record is in. */
export interface Fill {
  /** In all open files of the topic-partition: records, and bytes that are in no part yet. */
  readonly records: number;
  readonly waiting: number;
  /** Of the file that took the record. */
  readonly bytes: number;
  readonly fullParts: number;
}

type RecordTime = Pick<RotationConfig, 'rotateIntervalMs' | 'rotateOnPartitionChange'>;

/** Before a record is added: `rotate.interval.ms` by the records' time, and what goes with it, the change of the directory. */
export function closesByRecordTime(config: RecordTime, since: SinceRotation, place: Place): boolean {
  const { rotateIntervalMs, rotateOnPartitionChange } = config;
  if (rotateIntervalMs === undefined || place.timestamp === undefined) return false;
  if (rotateOnPartitionChange && place.directory !== since.directory) return true;
  return since.baseTimestamp !== undefined && place.timestamp - since.baseTimestamp >= rotateIntervalMs;
}

/**
 * By the wall clock, before any record of a batch and on the flush schedule: `rotate.schedule.interval.ms`, whose boundaries are
 * multiples from the local midnight, and `connectless.rotate.idle.ms`.
 */
export function closesByClock(config: RotationConfig, since: SinceRotation, now: number): boolean {
  const { rotateScheduleMs, rotateIdleMs, timeZone } = config;
  if (rotateScheduleMs !== undefined && now >= nextBoundary(since.openedAt, rotateScheduleMs, timeZone)) return true;
  return rotateIdleMs !== undefined && now - since.takenAt >= rotateIdleMs;
}

/** Before a record is added: `flush.size` was made smaller since. */
export function isOverfull({ flushSize }: Pick<RotationConfig, 'flushSize'>, records: number): boolean {
  return records >= flushSize;
}

/**
 * With the record that was added: `flush.size`, `connectless.rotate.bytes`; and bounds of our own, the parts of an upload and
 * the bytes that are in none.
 */
export function closesAfter(config: RotationConfig & Pick<SinkConfig, 'partSize'>, fill: Fill): boolean {
  const { flushSize, rotateBytes, partSize } = config;
  const { records, waiting, bytes, fullParts } = fill;
  if (records >= flushSize || (rotateBytes !== undefined && bytes >= rotateBytes)) return true;
  return fullParts >= MOST_FULL_PARTS || waiting >= MOST_WAITING_BYTES + partSize;
}
