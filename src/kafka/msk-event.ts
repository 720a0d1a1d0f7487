// The records of an MSK event by topic and partition, nothing decoded.
import type { MSKEvent, MSKRecord } from 'aws-lambda';

export interface PartitionRecords {
  readonly topic: string;
  readonly partition: number;
  /** Ascending by offset, as the event source delivers them. */
  readonly records: readonly MSKRecord[];
}

/**
 * One entry for each topic and partition in the event. The records' own fields are trusted, not the event's keys: `a-1`
 * may be topic `a`, partition 1, but only the record says so.
 */
export function recordsByPartition(event: MSKEvent): PartitionRecords[] {
  return Object.values(event.records).flatMap((records) => {
    const first = records[0];
    return first === undefined ? [] : [{ topic: first.topic, partition: first.partition, records }];
  });
}
