// All cases side by side, each with topics of its own, on one Kafka and in one bucket.
import type { KafkaConfig } from '../../../src/config/model';
import { kafkaTopicLog } from '../../../src/kafka/kafka-topic-log';
import { withTopicAdmin } from '../../../src/kafka/topic-admin';
import { environment } from '../environment';
import { freshBucket } from '../fresh-bucket';
import { temporaryDirectory } from '../temporary-directory';
import { type DeadLetter, ourDeadLetters } from './dead-letters';
import { type Outcome, ours } from './outcome';
import type { RecordedCase } from './recorded-case';
import { startRecordedRegistry } from './recorded-registry';
import { replay, type Seen, type SeenStep, type Stage } from './replay';

export interface Replayed {
  /** Of each step. */
  readonly outcomes: readonly Outcome[];
  readonly deadLetters: readonly DeadLetter[];
  /** Why it stopped or was refused at last: a code and its message. */
  readonly why: string | undefined;
}

/** By name. @param accepts whether that is what is to be there after a step of a case */
export async function replayAll(
  cases: readonly RecordedCase[],
  accepts: (recorded: RecordedCase, step: number, seen: Seen) => boolean,
): Promise<ReadonlyMap<string, Replayed | Error>> {
  const brokers = environment().kafkaBrokers.split(',');
  const kafka: KafkaConfig = { brokers, securityProtocol: 'PLAINTEXT', clientId: 'golden', requestTimeoutMs: 30_000 };
  const [registry, bucket, directory] = await Promise.all([
    startRecordedRegistry(cases),
    freshBucket('golden'),
    temporaryDirectory(),
    makeTopics(kafka, cases),
  ]);
  const log = kafkaTopicLog(kafka);
  const stage: Stage = { kafka, log, bucket, directory, registryUrl: registry.urlOf };
  try {
    const replays = cases.map(async (recorded) => {
      const steps = await replay(stage, recorded, (step, seen) => accepts(recorded, step, seen));
      return { recorded, steps, deadLetters: await ourDeadLetters(log, kafka, recorded) };
    });
    return await described(cases, await Promise.allSettled(replays));
  } finally {
    await Promise.all([log.close(), registry.stop()]);
  }
}

async function makeTopics(kafka: KafkaConfig, cases: readonly RecordedCase[]): Promise<void> {
  const topics = cases.flatMap((recorded) => Object.entries(recorded.topics));
  await withTopicAdmin(kafka, (admin) =>
    Promise.all(topics.map(([topic, partitions]) => admin.create({ topic, partitions }))),
  );
}

type Settled = PromiseSettledResult<{ readonly steps: SeenStep[]; readonly deadLetters: DeadLetter[] }>;

async function described(cases: readonly RecordedCase[], all: readonly Settled[]) {
  const outcomes = await ours(all.flatMap((one) => (one.status === 'fulfilled' ? one.value.steps : [])));
  return new Map(
    cases.map(({ name }, index): [string, Replayed | Error] => {
      const one = all[index];
      if (one?.status !== 'fulfilled') return [name, new Error(`${name} was not replayed`, { cause: one?.reason })];
      const { steps, deadLetters } = one.value;
      const error = steps.at(-1)?.error;
      const why = error === undefined ? undefined : `${error.code}: ${error.message}`;
      return [name, { outcomes: outcomes.splice(0, steps.length), deadLetters, why }];
    }),
  );
}
