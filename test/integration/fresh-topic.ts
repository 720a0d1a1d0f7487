// A topic of a test's own on the environment's Kafka.
import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { environment } from './environment';

/** Creates the topic and answers its name. @param name made unique */
export async function freshTopic(name: string, partitions = 1): Promise<string> {
  const topic = freshName(name);
  const brokers = environment().kafkaBrokers.split(',');
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
  return topic;
}

/** A name that no other test takes, for topics, groups and connectors that something else creates. */
export function freshName(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}
