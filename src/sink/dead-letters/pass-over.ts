// What is passed over is said: dead letters sent, faults logged, all of it counted.
import type { SinkConfig } from '../../config/sink-model';
import { logger } from '../../log';
import type { Metrics } from '../../metrics/metrics';
import { METRICS } from '../../names';
import type { Gap } from '../gap';
import type { TopicPartition } from '../object-key';
import type { Fault, SinkRecord } from '../record';
import { deadLetter } from './letter';
import { logLine } from './log-line';
import type { DeadLetterQueue } from './queue';

/** A `Sink` is one. */
interface Reporting {
  readonly config: SinkConfig;
  /** Absent without `errors.deadletterqueue.topic.name`. */
  readonly deadLetters?: DeadLetterQueue | undefined;
  readonly metrics: Metrics;
}

interface PassedOver {
  readonly faults: readonly Fault[];
  /** Null values. */
  readonly ignored: readonly SinkRecord[];
}

/**
 * To be called before the state moves behind the records. Throws what `DeadLetterQueue.send` throws; then all of it is to be
 * said again.
 */
export async function passOver(
  { config, deadLetters, metrics }: Reporting,
  source: TopicPartition,
  { faults, ignored }: PassedOver,
): Promise<void> {
  if (config.errors.log) {
    for (const fault of faults)
      logger.error(logLine(config, source, fault), { code: fault.error.code, error: fault.error });
  }
  await deadLetters?.send(faults.map((fault) => deadLetter(config, source, fault)));
  const skipped = ignored.length + (deadLetters === undefined ? faults.length : 0);
  if (deadLetters !== undefined && faults.length > 0) metrics.add(METRICS.sinkDeadLetters, faults.length);
  if (skipped > 0) metrics.add(METRICS.sinkSkipped, skipped);
}

/** Offsets that the topic no longer had when their turn came. */
export function sayGap({ config, metrics }: Reporting, { topic, partition }: TopicPartition, { from, to }: Gap): void {
  logger.warn('Offsets were gone before they were read', { connector: config.name, topic, partition, from, to });
  metrics.add(METRICS.sinkGapRecords, to - from + 1);
}
