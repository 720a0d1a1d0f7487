// The pipeline of a worker's and its connectors' files on this machine: functions, a scheduler, event sources.
import { resolve } from 'node:path';
import { bundleLambda, bundlesDirectory } from '../lib/bundling';
import { loadPipeline } from '../src/config/load';
import type { KafkaConfig } from '../src/config/model';
import type { ConnectorConfig } from '../src/config/pipeline-model';
import { FLUSH_EVENT } from '../src/names';
import { readSecret } from '../src/secrets/reader';
import { startEventSource } from './event-source/event-source';
import { flushEveryMs } from './flush-schedule';
import { type LambdaFunction, localFunction } from './lambda/function';
import { notingReads } from './read-environment';
import { startScheduler } from './scheduler';
import { connectorLog, logFailure, type OnLog } from './standalone-log';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StandaloneOptions {
  /** Path of `worker.properties`. */
  readonly workerFile: string;
  /** Paths of the connectors' files. */
  readonly connectorFiles: readonly string[];
  /** Each line of a connector's function, and of the runner about it: JSON of the logger, or what the runtime wrote. */
  readonly onLog: OnLog;
  /**
   * Where the files' `${env:NAME}` are looked up. The functions are given what was looked up, and `AWS_*`,
   * `CONNECTLESS_*`, `POWERTOOLS_*`. @default process.env
   */
  readonly environment?: Environment;
}

export interface Standalone {
  /** Finishes the batches in hand within `graceMs`, then ends every process. Answers whether all could finish. */
  stop(graceMs: number): Promise<boolean>;
}

const timeoutMs = 60_000;
const memoryMb = 1024;
/** What a source is told to have left when it is to end: enough to send a page that it has announced, not to begin one. */
const lastPageMs = 1500;

/** Throws ConnectlessError `CONFIG_INVALID`, whose message is the whole report; what fails later is logged and tried again. */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const noting = notingReads(options.environment ?? process.env);
  // Those of `connectors/*.properties` that are connectors.
  const files = options.connectorFiles.filter((file) => resolve(file) !== resolve(options.workerFile));
  const { worker, connectors } = await loadPipeline(options.workerFile, files, readSecret, noting.env);
  const environment = { ...passedOn(noting.env), ...noting.read(), CONNECTLESS_WORKER: resolve(options.workerFile) };
  // All of them before anything runs: what fails here leaves nothing behind.
  const bundles = await Promise.all(connectors.map(({ kind }) => bundleLambda(kind, bundlesDirectory)));
  const running = connectors.map((connector, index) => {
    const one = localFunction({
      name: connector.name,
      bundle: bundles[index]?.path ?? '',
      environment: { ...environment, CONNECTLESS_CONNECTOR: resolve(files[index] ?? '') },
      timeoutMs: Number(noting.env.CONNECTLESS_FUNCTION_TIMEOUT_MS ?? timeoutMs),
      memoryMb,
      onLog: options.onLog,
    });
    const stopFunction = (graceMs: number) => one.stop(graceMs, connector.kind === 'source' ? lastPageMs : graceMs);
    return { stopFunction, trigger: startTrigger(connector, worker.kafka, one, options.onLog) };
  });
  return {
    async stop(graceMs) {
      const idle = running.map(({ trigger }) => trigger.stop());
      const finished = await Promise.all(running.map(({ stopFunction }) => stopFunction(graceMs)));
      await Promise.all(idle);
      return finished.every(Boolean);
    },
  };
}

interface Trigger {
  stop(): Promise<unknown>;
}

function startTrigger(connector: ConnectorConfig, kafka: KafkaConfig, one: LambdaFunction, onLog: OnLog): Trigger {
  const log = connectorLog(connector.name, onLog);
  const onFailure = (error: unknown, waitMs: number) => logFailure(log, error, waitMs);
  if (connector.kind === 'source')
    return startScheduler({ invoke: one.invoke, everyMs: connector.pollIntervalMs, onFailure });
  // Connect's name for the consumer group of a sink connector.
  const groupId = `connect-${connector.name}`;
  const consumed = { kafka, groupId, topics: connector.topics, invoke: one.invoke, onFailure };
  if (connector.kind === 'processor') return startEventSource(consumed);
  const events = startEventSource({ ...consumed, topicsRegex: connector.topicsRegex });
  // The function has one invocation at a time: a batch and a flush wait for each other.
  const flush = () => one.invoke(FLUSH_EVENT);
  const flushes = startScheduler({ invoke: flush, everyMs: flushEveryMs(connector), onFailure });
  return { stop: () => Promise.all([events.stop(), flushes.stop()]) };
}

function passedOn(environment: Environment): Environment {
  const names = Object.keys(environment).filter((name) => /^(AWS|CONNECTLESS|POWERTOOLS)_/.test(name));
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}
