// One MSK event: the records of all its partitions.
import { oldestTimestamp, recordsByPartition, type TriggerEvent } from '../kafka/msk-event';
import { METRICS } from '../names';
import { allPartitions } from './all-partitions';
import { sinkPartition } from './partition';
import type { SinkRecord } from './record';
import type { Sink } from './sink';

/** Answers when every record is safe. Throws what `allPartitions` throws, so that the event comes again. */
export async function sinkEvent(sink: Sink, event: TriggerEvent): Promise<void> {
  const partitions = recordsByPartition(event);
  const oldest = oldestTimestamp(partitions);
  if (oldest !== undefined) sink.metrics.since(METRICS.sinkLag, oldest);
  await allPartitions(sink, partitions, ({ topic, partition, records }) =>
    sinkPartition(sink, { topic, partition }, inOrder(records)),
  );
}

function inOrder(records: readonly SinkRecord[]): readonly SinkRecord[] {
  return isSorted(records) ? records : [...records].sort((one, other) => one.offset - other.offset);
}

function isSorted(records: readonly SinkRecord[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const { offset } of records) {
    if (offset < before) return false;
    before = offset;
  }
  return true;
}
