// Opens the processor that the environment's connector file configures.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConnector } from '../config/load';
import { kafkaTopicLog } from '../kafka/kafka-topic-log';
import { emfMetrics } from '../metrics/emf';
import { openRegistry } from '../registry/open';
import { readSecret } from '../secrets/reader';
import { countedState } from '../state/counted';
import { openState } from '../state/open';
import type { Invocation } from './invocation';
import { valueWriter } from './output-schema';
import { chain } from './transform';

/** Begins an invocation that has this much time; connections and known schemas outlive it. */
export type Processor = (remainingMs: number) => Invocation;

/** Throws CONFIG_INVALID when the connector file is faulty, or not a processor's. */
export async function openProcessor(env: NodeJS.ProcessEnv = process.env): Promise<Processor> {
  const { worker, connector } = await loadConnector('processor', readSecret, env);
  const metrics = emfMetrics(connector.name);
  const state = countedState(await openState(worker.stateUrl), metrics);
  let deadline = 0;
  const opened = {
    connector: connector.name,
    inputTopics: connector.topics,
    outputTopic: connector.outputTopic,
    transform: chain([]),
    write: valueWriter(openRegistry(worker, state), connector.outputTopic),
    // A process that was frozen past its deadline may not send what its successor sends.
    log: kafkaTopicLog(worker.kafka, () => Date.now() < deadline),
    state,
    requestTimeoutMs: worker.kafka.requestTimeoutMs,
    metrics,
    clock: { now: Date.now, sleep: async (ms: number) => void (await sleep(ms)) },
  };
  return (remainingMs) => {
    deadline = Date.now() + remainingMs;
    return { ...opened, owner: randomUUID(), deadline };
  };
}
