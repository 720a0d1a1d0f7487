// Our own source in each of its modes, on the tables that the writers fill.
import type { SourceConfig } from '../../../src/config/source-model';
import { METRICS } from '../../../src/names';
import { freshTopics, type RunningSource, startSource } from '../source-harness';
import { lossTables } from './tables';

/** By what is printed. */
const sourceModes = {
  fence: { mode: 'incrementing', incrementingColumn: 'id' },
  xid8: { mode: 'xid8', incrementingColumn: 'id' },
  timestamp: { mode: 'timestamp', timestampColumn: ['stamp'] },
  'timestamp+incrementing': { mode: 'timestamp+incrementing', timestampColumn: ['stamp'], incrementingColumn: 'id' },
} as const satisfies Record<string, Partial<SourceConfig>>;
export type SourceModeName = keyof typeof sourceModes;

export interface SourcePoller {
  readonly source: RunningSource;
  topic(table: string): string;
  /** Milliseconds. */
  longestFenceWait(): number;
}

const PARTITIONS = 3;

export async function startPoller(url: string, mode: SourceModeName): Promise<SourcePoller> {
  const names = lossTables.map(({ name }) => name);
  const topicPrefix = await freshTopics(names, PARTITIONS);
  const source = startSource(url, {
    topicPrefix,
    tables: { whitelist: names, types: ['TABLE', 'PARTITIONED TABLE'] },
    batchMaxRows: 100,
    ...sourceModes[mode],
  });
  return {
    source,
    topic: (table) => topicPrefix + table,
    longestFenceWait: () => Math.max(0, ...waits(source.metrics.values[METRICS.sourceFenceWait])),
  };
}

function waits(values: number | readonly number[] | undefined): readonly number[] {
  return Array.isArray(values) ? values : [];
}
