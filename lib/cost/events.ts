// The events that a trigger makes of a topic's records.
import type { ProcessorConfig } from '../../src/config/model';
import type { ConnectorConfig, PipelineConfig } from '../../src/config/pipeline-model';
import type { SinkConfig } from '../../src/config/sink-model';
import { plannedTopics } from '../deployment/topics';
import { ASSUMED } from './assumptions';
import { type Load, MONTH, rowsOf } from './load';
import { sourceRuns } from './source-runs';

export type Reader = ProcessorConfig | SinkConfig;

export interface Events {
  /** A month's. */
  readonly count: number;
  readonly recordsEach: number;
  /** Of which an event has records. */
  readonly partitionsEach: number;
}

const MOST_RECORDS = 10_000;
const MOST_BYTES = 6 * 1024 * 1024;

/**
 * Records come as evenly as the source's polls let them: a batch has what one poll brings, or what the batch window gathers,
 * whichever is more, up to AWS's limits.
 */
export function eventsOf(reader: Reader, { connectors }: Pick<PipelineConfig, 'connectors'>, load: Load): Events {
  const records = rowsOf(load);
  if (records === 0) return { count: 0, recordsEach: 0, partitionsEach: 0 };
  const perSecond = load.rowsPerDay / 86_400 / reader.topics.length;
  const gathered = 1 + perSecond * Math.max(reader.trigger.batchWindowMs / 1000, pollSeconds(connectors));
  const recordsEach = Math.min(gathered, mostRecords(load));
  return {
    count: records / recordsEach,
    recordsEach,
    partitionsEach: Math.min(recordsEach, Math.max(...reader.topics.map((topic) => partitionsOf(topic, connectors)))),
  };
}

/** Of a record in an event. */
export function eventBytes({ rowBytes }: Load): number {
  return 4 * Math.ceil(rowBytes / 3) + ASSUMED.eventRecord.value;
}

function mostRecords(load: Load): number {
  return Math.max(1, Math.min(MOST_RECORDS, Math.floor(MOST_BYTES / eventBytes(load))));
}

/** Between the polls of the source that polls most often. */
function pollSeconds(connectors: readonly ConnectorConfig[]): number {
  const seconds = connectors.flatMap((connector) =>
    connector.kind === 'source' ? [(MONTH.minutes * 60) / sourceRuns(connector).polls] : [],
  );
  return seconds.length === 0 ? 0 : Math.min(...seconds);
}

/** As the files say; a cluster that is made gives one to a topic of which they say nothing. */
export function partitionsOf(topic: string, connectors: readonly ConnectorConfig[]): number {
  return plannedTopics(connectors).find((planned) => planned.topic === topic)?.partitions ?? 1;
}
