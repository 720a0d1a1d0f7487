// Polls all tables of a connector, side by side, for as long as the invocation lasts.
import type { SourceConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import type { TopicLog } from '../kafka/topic-log';
import { type Log, rateLimited } from '../log';
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import type { Finding } from '../preflight/finding';
import type { StateStore } from '../state/store';
import { batchEncoder } from './batch';
import { tellFindings } from './checks';
import type { FenceWork } from './fence-wait';
import type { SourceRegistry } from './fitting-schema';
import { hasTimeIn, type Invocation, pause } from './invocation';
import type { Looks } from './looks';
import type { Mode } from './mode';
import { tablePoll } from './poll';
import { keySchema } from './record/key';
import type { RecordSource } from './record/record-source';
import { tableSchema } from './record/table-schema';
import { type CatalogTable, selectTables } from './select-tables';
import { qualified } from './table';
import type { TableChoice } from './table-choice';

/** A table, or a query, on its way to its topic. */
export interface OpenTable {
  readonly choice: TableChoice;
  readonly mode: Mode;
  /** Columns of the primary key as it is now; empty: there is none. */
  primaryKey(): Promise<readonly string[]>;
  /** What is to be said of it before it is read. */
  findings(): Promise<readonly Finding[]>;
}

/** The database as the source sees it. */
export interface Tables {
  /** Everything that has rows, outside the system's own schemas. */
  list(): Promise<readonly CatalogTable[]>;
  open(table: CatalogTable, work: FenceWork): OpenTable;
  openQuery(query: string, work: FenceWork): OpenTable;
}

export interface SourceRun {
  readonly config: SourceConfig;
  readonly tables: Tables;
  readonly log: TopicLog;
  readonly registry: SourceRegistry;
  readonly state: StateStore;
  readonly invocation: Invocation;
  readonly requestTimeoutMs: number;
  readonly logger: Log;
  readonly metrics: Metrics;
  /** Of the process: the invocation before this one left them. */
  readonly looks: Looks;
}

const REPORT_EVERY_MS = 30_000;
/** Rows that an open transaction holds back are looked for again before their next poll is due. */
const HELD_POLL_MS = 1000;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * Returns when the time is over, or when it will be before the next poll of any table is due. Retryable failures are reported
 * and tried again; any other ends the table that it belongs to, and is thrown when the others are through, or at once when it
 * belongs to all of them.
 */
export async function runSource(run: SourceRun): Promise<void> {
  const { config, tables } = run;
  const { pollIntervalMs, tablePollIntervalMs, query } = config;
  if (query !== undefined) {
    return pollToItsEnd(run, 'query', (work) => tables.openQuery(query, work));
  }
  const report = rateLimited(run.logger, REPORT_EVERY_MS);
  const started = startedTables(run);
  const discover = async () => {
    const { tables: selected, missing } = selectTables(await tables.list(), config);
    for (const table of selected) started.start(table);
    reportMissing(report, config, selected.length, missing);
    return missing.length > 0 || selected.length === 0 ? pollIntervalMs : tablePollIntervalMs;
  };
  try {
    await repeat(run, report, discover, started.haveAllFailed);
  } finally {
    await started.ended();
  }
}

/** The tables that are polled: each in a loop of its own, so that none waits for another. */
function startedTables(run: SourceRun) {
  const loops = new Map<string, Promise<void>>();
  const failures: unknown[] = [];

  const start = (table: CatalogTable) => {
    const key = qualified(table);
    if (loops.has(key)) return;
    const loop = pollToItsEnd(run, table, (work) => run.tables.open(table, work));
    loops.set(
      key,
      loop.catch((error) => void failures.push(error)),
    );
  };
  return {
    start,
    haveAllFailed: () => loops.size > 0 && failures.length === loops.size,
    /** Throws the first failure. */
    ended: async () => {
      await Promise.all(loops.values());
      if (failures.length > 0) throw failures[0];
    },
  };
}

type Open = (work: FenceWork) => OpenTable;

async function pollToItsEnd(run: SourceRun, source: RecordSource, open: Open): Promise<void> {
  try {
    await pollTable(run, source, open);
  } catch (error) {
    run.logger.error('The source stops reading a table', { table: nameOf(source), error });
    run.metrics.add(METRICS.sourceStopped, 1);
    throw error;
  }
}

function nameOf(source: RecordSource): string {
  return source === 'query' ? source : qualified(source);
}

async function pollTable(run: SourceRun, source: RecordSource, open: Open): Promise<void> {
  const { config } = run;
  const report = rateLimited(run.logger, REPORT_EVERY_MS);
  const { fenceTimeoutMs } = config;
  const { choice, mode, primaryKey, findings } = open({
    ...run,
    table: nameOf(source),
    report,
    ...(fenceTimeoutMs === undefined ? {} : { fenceTimeoutMs }),
  });
  const settings = { ...choice, types: config.types };
  const encode = batchEncoder(source, settings, run.registry, primaryKey);
  const check = async () => {
    tellFindings(await findings(), run.logger);
    const columns = await mode.columns();
    tableSchema(source, columns, settings);
    const { key, keyFields, types } = settings;
    if (key !== undefined) keySchema(source, columns, keyFields ?? (await primaryKey()), key, types);
  };
  const poll = tablePoll({ ...run, connector: config.name, topic: choice.topic, mode, encode, check, report });
  await repeat(run, report, async () => {
    const { isHeld } = await poll();
    return isHeld ? Math.min(HELD_POLL_MS, config.pollIntervalMs) : config.pollIntervalMs;
  });
}

/**
 * Does it again and again, after as many milliseconds as it answers, as long as that is within the invocation; after a
 * retryable failure sooner and then later, to the end: the next invocation would not know that there was one.
 */
async function repeat(
  { invocation, metrics }: Pick<SourceRun, 'invocation' | 'metrics'>,
  report: Log,
  work: () => Promise<number>,
  isDone: () => boolean = () => false,
): Promise<void> {
  let failed = 0;
  let delay = 0;
  while (!isDone() && (await pause(invocation, delay, isDone))) {
    try {
      delay = await work();
      if (failed > 0) report.info('The source goes on', { afterFailures: failed });
      failed = 0;
      if (!hasTimeIn(invocation, delay)) return;
    } catch (error) {
      if (!(error instanceof ConnectlessError && error.retryable)) throw error;
      report.warn(`The source tries again: ${error.message}`, { code: error.code });
      delay = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failed);
      failed += 1;
      metrics.add(METRICS.sourceRetries, 1);
    }
  }
}

function reportMissing(report: Log, { name }: SourceConfig, found: number, missing: readonly string[]): void {
  if (missing.length > 0) {
    report.warn(`The configuration names what is not there yet: ${missing.join('; ')}`, { connector: name });
  }
  if (missing.length === 0 && found === 0) report.warn('There is no table to read yet', { connector: name });
}
