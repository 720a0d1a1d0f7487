// Where a record belongs: the directory below its topic's, and the time that rotation goes by.
import type { Data } from '../../convert/data';
import type { ConnectlessError } from '../../errors';

/** What a partitioner looks at. */
export interface PlacedRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds; negative: the record has none. */
  readonly timestamp: number;
  readonly value: Data;
}

export interface Place {
  /** Connect's encoded partition: `partition=0`, `year=2024/month=02`. Two values never share one. */
  readonly directory: string;
  /** Of the timestamp extractor, epoch milliseconds; absent: the partitioner has none. */
  readonly timestamp?: number;
}

/** Pure. @param now the wall clock of the batch, epoch milliseconds */
export type Partitioner = (record: PlacedRecord, now: number) => Place | ConnectlessError;
