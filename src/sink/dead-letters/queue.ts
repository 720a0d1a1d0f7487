// Where dead letters go: the topic of `errors.deadletterqueue.topic.name`.
import type { KafkaConfig } from '../../config/model';
import type { ErrorsConfig } from '../../config/sink-model';
import type { DeadLetter } from './letter';

export interface DeadLetterQueue {
  /**
   * Answers when all in-sync replicas have all letters. When it throws, some may have landed, and all are to be sent again: at
   * least once.
   */
  send(letters: readonly DeadLetter[]): Promise<void>;
}

/**
 * Loads its client and connects with the first letter: a sink that has none to send does not pay for it. A topic that is
 * missing is made then, with one partition, as Connect does. Throws what `growingTopic` throws.
 */
export function kafkaDeadLetters(
  kafka: KafkaConfig,
  { topic, replicationFactor }: NonNullable<ErrorsConfig['deadLetters']>,
): DeadLetterQueue & { close(): Promise<void> } {
  const open = async () => {
    const { growingTopic } = await import('../../kafka/growing-topic');
    return growingTopic(kafka, { topic, partitions: 1, replicationFactor });
  };
  let opened: ReturnType<typeof open> | undefined;
  return {
    async send(letters) {
      if (letters.length === 0) return;
      opened ??= open();
      await (await opened).append(letters);
    },
    close: async () => (await opened)?.close(),
  };
}
