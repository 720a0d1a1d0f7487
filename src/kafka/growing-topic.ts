// A topic that is made where it is missing when its first message comes; each message goes where its key belongs.
import type { KafkaConfig } from '../config/model';
import { kafkaTopicLog } from './kafka-topic-log';
import { placed } from './placed';
import { type NewTopic, withTopicAdmin } from './topic-admin';
import type { UnplacedMessage } from './topic-log';

export interface GrowingTopic {
  /** As `TopicLog.append`; throws TOPIC_REFUSED, too, when the topic cannot be made. */
  append(messages: readonly UnplacedMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects with the first call. A topic that exists stays as it is. */
export function growingTopic(config: KafkaConfig, made: NewTopic): GrowingTopic {
  const { topic } = made;
  const log = kafkaTopicLog(config);
  const open = async (): Promise<number> => {
    // Asking for its ends would wait seconds for a topic that is not there.
    await withTopicAdmin(config, async (admin) => (await admin.list()).includes(topic) || admin.create(made));
    return (await log.ends(topic)).length;
  };
  let opened: Promise<number> | undefined;
  return {
    append: async (messages) => {
      opened ??= open();
      try {
        await log.append(topic, placed(messages, await opened));
      } catch (error) {
        // It may have been deleted.
        opened = undefined;
        throw error;
      }
    },
    close: log.close,
  };
}
