// Polls all tables of a connector, side by side, for as long as the invocation lasts.
import type { SourceConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import type { TopicLog } from '../kafka/topic-log';
import { type Log, rateLimited } from '../log';
import type { Metrics } from '../metrics/metrics';
import { METRICS } from '../names';
import type { SchemaRegistry } from '../registry/registry';
import type { StateStore } from '../state/store';
import { hasTimeIn, type Invocation, pause } from './invocation';
import type { Looks } from './looks';
import { tablePoll } from './poll';
import { type CatalogTable, selectTables } from './select-tables';
import { qualified, type TableName, type TableReader } from './table';

/** The database as the source sees it. */
export interface Tables {
  /** Everything that has rows, outside the system's own schemas. */
  list(): Promise<readonly CatalogTable[]>;
  reader(table: TableName): TableReader;
}

export interface SourceRun {
  readonly config: SourceConfig;
  readonly tables: Tables;
  readonly log: TopicLog;
  readonly registry: SchemaRegistry;
  readonly state: StateStore;
  readonly invocation: Invocation;
  readonly requestTimeoutMs: number;
  readonly logger: Log;
  readonly metrics: Metrics;
  /** Of the process: the invocation before this one left them. */
  readonly looks: Looks;
}

const REPORT_EVERY_MS = 30_000;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * Returns when the time is over, or when it will be before the next poll of any table is due. Retryable failures are reported and tried again; any other ends the table that it
 * belongs to, and is thrown when the others are through, or at once when it belongs to all of them.
 */
export async function runSource(run: SourceRun): Promise<void> {
  checkTimeZone(run.config);
  const { pollIntervalMs, tablePollIntervalMs } = run.config;
  const report = rateLimited(run.logger, REPORT_EVERY_MS);
  const started = startedTables(run);
  const discover = async () => {
    const { tables, missing } = selectTables(await run.tables.list(), run.config.tables);
    for (const table of tables) started.start(table);
    reportMissing(report, run.config, tables.length, missing);
    return missing.length > 0 || tables.length === 0 ? pollIntervalMs : tablePollIntervalMs;
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

  const start = (table: TableName) => {
    const key = qualified(table);
    if (loops.has(key)) return;
    const loop = pollTable(run, table).catch((error) => {
      run.logger.error('The source stops reading a table', { table: key, error });
      failures.push(error);
    });
    loops.set(key, loop);
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

function pollTable(run: SourceRun, table: TableName): Promise<void> {
  const { config } = run;
  const report = rateLimited(run.logger, REPORT_EVERY_MS);
  const poll = tablePoll({
    ...run,
    connector: config.name,
    topic: `${config.topicPrefix}${table.name}`,
    reader: run.tables.reader(table),
    report,
  });
  return repeat(run, report, async () => {
    await poll();
    return config.pollIntervalMs;
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

function reportMissing(report: Log, { name, tables }: SourceConfig, found: number, missing: readonly string[]): void {
  if (missing.length > 0) {
    report.warn(`table.whitelist names what is not there yet: ${missing.join(', ')}`, { connector: name });
  }
  if (tables === undefined && found === 0) report.warn('There is no table to read yet', { connector: name });
}

function checkTimeZone({ timeZone, name }: SourceConfig): void {
  if (/^(Etc\/)?(UTC|GMT|Z|Zulu|Universal)$/i.test(timeZone)) return;
  throw new ConnectlessError(
    'TIME_ZONE_UNSUPPORTED',
    `Connector ${name}: db.timezone=${timeZone} is not supported yet; write db.timezone=UTC.`,
  );
}
