// A topic made up for one schedule: appends that land in part, late, or after their producer is gone; other producers' records in between.
import { ConnectlessError } from '../../src/errors';
import type { LogRecord, Message, TopicLog } from '../../src/kafka/topic-log';
import type { Random } from './random';
import type { VirtualClock } from './virtual-clock';

export const REQUEST_TIMEOUT_MS = 1500;

type AppendFate = 'go' | 'fail' | 'crash';

export interface SourceTopic {
  readonly partitions: readonly (readonly LogRecord[])[];
  /** As an invocation sees it. `step` stands before every request; `fate` decides about an append. */
  log(step: (label: string) => Promise<void>, fate: () => AppendFate, die: () => Promise<never>): TopicLog;
}

export function sourceTopic(random: Random, clock: VirtualClock): SourceTopic {
  const partitions: LogRecord[][] = Array.from({ length: random.integer(1, 3) }, () => []);

  const land = (messages: readonly Message[]) => {
    for (const { partition, key, value } of messages) {
      const log = partitions[partition] ?? [];
      if (random.chance(0.05)) log.push(record(partition, log.length, foreign(random)));
      log.push({ ...record(partition, log.length, value), key });
    }
  };
  /** What of each partition's messages ever lands is a first part of them; some of it now, the rest while the request may be in flight. */
  const landInPart = (messages: readonly Message[]) => {
    for (const partition of partitions.keys()) {
      const own = messages.filter((message) => message.partition === partition);
      const now = random.integer(0, own.length);
      const ever = random.integer(now, own.length);
      land(own.slice(0, now));
      void clock.sleep(random.integer(0, REQUEST_TIMEOUT_MS - 1)).then(() => land(own.slice(now, ever)));
    }
  };

  return {
    partitions,
    log: (step, fate, die) => ({
      ends: async () => {
        await step('ends');
        return partitions.map((log) => log.length);
      },
      starts: async () => {
        await step('starts');
        return partitions.map(() => 0);
      },
      append: async (_, messages) => {
        const ending = fate();
        if (ending === 'go') {
          await step('append');
          land(messages);
          return;
        }
        landInPart(messages);
        if (ending === 'crash') await die();
        await clock.sleep(random.integer(0, REQUEST_TIMEOUT_MS));
        throw new ConnectlessError('INJECTED', 'the broker did not answer', { retryable: true });
      },
      read: async function* (_, from, until) {
        await step('read');
        for (const [partition, log] of partitions.entries()) yield* log.slice(from[partition], until[partition]);
      },
      close: async () => undefined,
    }),
  };
}

function foreign(random: Random): Buffer | null {
  return random.pick([null, Buffer.from('text'), Buffer.from([0, 0, 0, 0, 99, 2, 2])]);
}

function record(partition: number, offset: number, value: Buffer | null): LogRecord {
  return { partition, offset, timestamp: 0, key: null, value: value && Buffer.from(value), headers: [] };
}
