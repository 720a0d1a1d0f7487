// One record on its way into a file: what it holds, and where it belongs.
import type { Data, DataSchema } from '../convert/data';
import type { Role } from './partition-state';
import type { Place } from './partitioner/partitioner';
import type { SinkRecord } from './record';

export interface Row {
  readonly record: SinkRecord;
  readonly place: Place;
  /** Of the open file that it goes to. */
  readonly slot: string;
  /** What each of the files beside each other is to hold; without a value in a directory of null values. */
  readonly parts: Readonly<Partial<Record<Role, Data>>>;
  /** Of the data before they were encoded. */
  readonly schemas: Readonly<Partial<Record<Role, DataSchema | undefined>>>;
}
