// The chain of transforms that a record passes through on its way to the output topic.
import type { LogRecord } from '../kafka/topic-log';

/** A pure function: the same record gives the same records, or a crash could not be settled. None drops the record. */
export type Transform = (record: LogRecord) => readonly LogRecord[];

/** One after the other, in the order of the list. An empty chain leaves the record as it is. */
export function chain(transforms: readonly Transform[]): Transform {
  return (record) =>
    transforms.reduce<readonly LogRecord[]>((records, transform) => records.flatMap(transform), [record]);
}
