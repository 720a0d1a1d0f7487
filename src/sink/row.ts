// One record on its way into a file: what it holds, and where it belongs.
import type { Data } from '../convert/data';
import type { Role } from './partition-state';
import type { Place } from './partitioner/partitioner';
import type { SinkRecord } from './record';

/** What each of the files beside each other is to hold; without a value in a directory of null values. */
export type Parts = Readonly<Partial<Record<Role, Data>>>;

export interface Row {
  readonly record: SinkRecord;
  readonly place: Place;
  /** Of the open file that it goes to. */
  readonly slot: string;
  /** As the converters gave them. */
  readonly data: Parts;
  /** As the formats encode them. */
  readonly encoded: Parts;
}
