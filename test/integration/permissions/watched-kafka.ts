// A Kafka of its own whose authorizer writes down what each user does: a user is what a function's role is to MSK.
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { freePort } from '../../../local/servers/free-port';
import { startKafka } from '../../../local/servers/kafka';
import { AUTHORIZER_LOG } from '../../../local/servers/kafka-settings';
import type { KafkaConfig } from '../../../src/config/model';

export interface WatchedKafka {
  /** host:port, for users. */
  readonly brokers: string;
  /** For somebody whom nobody watches: host:port, without a login. */
  readonly unwatched: string;
  /** All that the authorizer has written. */
  log(): string;
  stop(): Promise<void>;
}

export async function startWatchedKafka(users: readonly string[]): Promise<WatchedKafka> {
  const directory = await mkdtemp(join(tmpdir(), 'connectless-kafka-'));
  const port = await freePort();
  const server = await startKafka({ directory, login: { port, users } });
  await askAboutEachTopic(server.url);
  return {
    brokers: `127.0.0.1:${port}`,
    unwatched: server.url,
    log: () => readFileSync(join(directory, AUTHORIZER_LOG), 'utf8'),
    stop: server.stop,
  };
}

/**
 * Kafka asks about a topic's creation only when the cluster's as a whole is not allowed. MSK has no such right: there, each
 * topic is asked about. What the cluster is asked about beside that stays allowed.
 */
async function askAboutEachTopic(brokers: string): Promise<void> {
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { IDEMPOTENT_WRITE, DESCRIBE, DESCRIBE_CONFIGS } = AclOperationTypes;
  const acl = [IDEMPOTENT_WRITE, DESCRIBE, DESCRIBE_CONFIGS].map((operation) => ({
    resourceType: AclResourceTypes.CLUSTER,
    resourceName: 'kafka-cluster',
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:*',
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  }));
  await admin.createAcls({ acl });
  await admin.disconnect();
}

/** Of a user, whose name is its password. */
export function loginOf(user: string, brokers: string): KafkaConfig {
  return {
    brokers: [brokers],
    securityProtocol: 'SASL_PLAINTEXT',
    sasl: { mechanism: 'PLAIN', username: user, password: user },
    clientId: user,
    requestTimeoutMs: 5000,
  };
}

/** The same in a worker's file. */
export function loginProperties(user: string): Readonly<Record<string, string>> {
  return {
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="${user}" password="${user}";`,
  };
}
