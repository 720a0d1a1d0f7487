// What the sink measures: records taken, files closed, partitions stopped.
import { ConnectlessError } from '../errors';
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import { type FileBytes, type PartitionState, sizeOf } from './partition-state';
import type { SinkRecord } from './record';

/** Of the records, those that the later state has taken and the earlier one had not. */
export function recordsTaken(
  records: readonly SinkRecord[],
  before: PartitionState | undefined,
  after: PartitionState | undefined,
): number {
  const [from, to] = [before?.last.offset ?? -1, after?.last.offset ?? -1];
  let taken = 0;
  for (const { offset } of records) if (offset > from && offset <= to) taken += 1;
  return taken;
}

/** They are in the bucket, and the state has forgotten them. */
export function filesClosed(metrics: Metrics, files: readonly FileBytes[]): void {
  metrics.add(METRICS.sinkFiles, files.length);
  for (const file of files) {
    metrics.add(METRICS.sinkBytes, sizeOf(file));
    if (file.firstTimestamp !== undefined) metrics.since(METRICS.sinkFreshness, file.firstTimestamp);
  }
}

/** Failures of one partition each: what another attempt may mend has stopped none. */
export function partitionsStopped(metrics: Metrics, failures: readonly unknown[]): void {
  const stopped = failures.filter((failure) => !(failure instanceof ConnectlessError && failure.retryable));
  if (stopped.length > 0) metrics.add(METRICS.sinkStopped, stopped.length);
}
