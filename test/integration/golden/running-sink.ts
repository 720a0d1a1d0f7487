// A sink behind an event source of its own, and behind its flush schedule where the wall clock rotates.
import { setTimeout as sleep } from 'node:timers/promises';
import { startEventSource } from '../../../local/event-source/event-source';
import type { KafkaConfig } from '../../../src/config/model';
import { ConnectlessError } from '../../../src/errors';
import { recordsByPartition, triggerEvent } from '../../../src/kafka/msk-event';
import { FLUSH_EVENT } from '../../../src/names';
import { invokeSink } from '../../../src/sink/invocation';
import type { Sink } from '../../../src/sink/sink';
import { connectorName } from './connector-file';
import type { RecordedCase, RecordedRecord } from './recorded-case';

export interface RunningSink {
  /** Further records that are in the topics. */
  expect(records: ReadonlyArray<readonly [topic: string, records: readonly RecordedRecord[]]>): void;
  hasTakenAll(): boolean;
  /** Of the newest invocation that another attempt would not mend. Throws what is no ConnectlessError. */
  failure(): ConnectlessError | undefined;
  stop(): Promise<void>;
}

const flushEveryMs = 300;

export function runSink(sink: Sink, kafka: KafkaConfig, recorded: RecordedCase): RunningSink {
  const expected = new Map<string, number>();
  const taken = new Map<string, number>();
  let failure: unknown;
  const source = startEventSource({
    kafka,
    groupId: `connect-${connectorName(recorded)}`,
    topics: Object.keys(recorded.topics),
    firstWaitMs: 5_000,
    invoke: async (event) => {
      await invokeSink(sink, event);
      for (const { topic, partition, records } of recordsByPartition(triggerEvent(event))) {
        taken.set(`${topic}-${partition}`, records.at(-1)?.offset ?? -1);
      }
    },
    onFailure: (error) => {
      if (!(error instanceof ConnectlessError && error.retryable)) failure = error;
    },
  });
  const flushing = 'rotate.schedule.interval.ms' in recorded.connector ? startFlushing(sink) : undefined;
  return {
    expect(records) {
      for (const [topic, its] of records)
        for (const { partition, offset } of its) expected.set(`${topic}-${partition}`, offset);
    },
    hasTakenAll: () => [...expected].every(([of, offset]) => (taken.get(of) ?? -1) >= offset),
    failure() {
      if (failure === undefined || failure instanceof ConnectlessError) return failure;
      throw failure;
    },
    async stop() {
      await Promise.all([source.stop(), flushing?.stop()]);
    },
  };
}

/** Another instance of the function, as on Lambda: it shares the state alone. */
function startFlushing(sink: Sink) {
  let isStopped = false;
  const flushing = (async () => {
    while (!isStopped) {
      await invokeSink(sink, FLUSH_EVENT);
      await sleep(flushEveryMs);
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await flushing;
    },
  };
}
