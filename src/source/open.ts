// An invocation of the source as a function: its connections are made, used until the time is over, and closed.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConnector } from '../config/load';
import { kafkaTopicLog } from '../kafka/kafka-topic-log';
import { logger } from '../log';
import { emfMetrics } from '../metrics/emf';
import { flushing } from '../metrics/metrics';
import { openDatabase } from '../postgres/open';
import { databaseTables } from '../postgres/tables';
import { openRegistry } from '../registry/open';
import { readSecret } from '../secrets/reader';
import { countedState } from '../state/counted';
import { openState } from '../state/open';
import { collectLessOften } from './heap';
import type { Looks } from './looks';
import { runSource } from './run';

/** Of the process: invocations before this one left them. */
const looks: Looks = new Map();
const looked = new Set<string>();
const primary = { wasSeen: false };

/** Reads the files that the environment names. Throws CONFIG_INVALID and the errors of `runSource`. */
export async function invokeSource(remainingMs: () => number): Promise<void> {
  collectLessOften();
  const { worker, connector: config } = await loadConnector('source', readSecret);
  const metrics = emfMetrics(config.name);
  const state = countedState(await openState(worker.stateUrl), metrics);
  const registry = openRegistry(worker, state);
  // Behind its deadline somebody else may be at work: a process that was frozen until then sends nothing more.
  const log = kafkaTopicLog(worker.kafka, () => remainingMs() > 0);
  const database = await openDatabase(config, { remainingMs, ...(config.mode === 'bulk' ? {} : { primary }) });
  const tables = databaseTables(database, config, looked);
  const { requestTimeoutMs } = worker.kafka;
  // Not the request's id: Lambda gives the same one to a retry, while the first attempt may still be in flight.
  const invocation = { id: randomUUID(), now: Date.now, remainingMs, sleep: (ms: number) => sleep(ms) };
  try {
    await flushing(metrics, () =>
      runSource({ config, tables, log, registry, state, invocation, requestTimeoutMs, logger, metrics, looks }),
    );
  } finally {
    await Promise.all([log.close(), database.close()]);
  }
}
