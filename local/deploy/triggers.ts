// The MSK triggers' part, which MiniStack lacks: local event sources read the topics of the deployed mappings and invoke the deployed functions.
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { KafkaConfig } from '../../src/config/model';
import { messageOf } from '../../src/errors';
import { type EventSource, startEventSource } from '../event-source/event-source';
import { invoke } from './invoke';
import type { Mapping } from './left-undone';

export interface Triggers {
  /** As these mappings say from now on: new ones begin, those that are gone end, the others go on undisturbed. */
  follow(mappings: readonly Mapping[]): Promise<void>;
  stop(): Promise<void>;
}

/** `onFailure` gets what an invocation or a connection failed with; it is tried again. */
export function localTriggers(kafka: KafkaConfig, lambda: LambdaClient, onFailure: (line: string) => void): Triggers {
  const running = new Map<string, EventSource>();
  const start = ({ functionName, topic, groupId, batchingWindowMs }: Mapping): EventSource =>
    startEventSource({
      kafka,
      groupId,
      topics: [topic],
      batchingWindowMs,
      invoke: (event) => invoke(lambda, functionName, event),
      onFailure: (error) => onFailure(`${groupId}, ${topic}: ${messageOf(error)}`),
    });
  const follow = async (mappings: readonly Mapping[]): Promise<void> => {
    const wanted = new Map(mappings.map((mapping) => [JSON.stringify(mapping), mapping]));
    const ended = [...running].filter(([key]) => !wanted.has(key));
    await Promise.all(ended.map(([, source]) => source.stop()));
    for (const [key] of ended) running.delete(key);
    for (const [key, mapping] of wanted) if (!running.has(key)) running.set(key, start(mapping));
  };
  return { follow, stop: () => follow([]) };
}
