// Starts Apache Kafka, one broker that is its own controller (KRaft), on 127.0.0.1 alone.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { ConnectlessError, messageOf } from '../../src/errors';
import { freePort, portFor } from './free-port';
import { type KafkaLogin, kafkaProperties, log4jProperties } from './kafka-settings';
import { parts } from './parts';
import type { Server, ServerOptions } from './server';
import { startServerProcess } from './server-process';

export interface KafkaOptions extends ServerOptions {
  /** Writes an archive of its loaded classes to this file when it stops, for all later starts. */
  readonly warmUpTo?: string;
  /** @default nobody logs in, and everybody may do everything */
  readonly login?: KafkaLogin;
  /** Where clients are told to find it: a proxy's port, on 127.0.0.1. @default its own */
  readonly advertisedPort?: number;
}

/**
 * Its url is `host:port`. Data and settings that are in the folder already are kept: then the port is to be the same.
 * Throws a ConnectlessError that shows what Kafka said.
 */
export async function startKafka(options: KafkaOptions): Promise<Server> {
  const { directory, port: wanted, warmUpTo } = options;
  const port = await portFor('Kafka', wanted);
  const properties = join(directory, 'server.properties');
  const java = javaArguments(directory);
  if (!existsSync(properties)) await initialise(options, port, [...java, ...archiveUse()]);
  const archive = warmUpTo === undefined ? archiveUse() : [`-XX:AOTCacheOutput=${warmUpTo}`];
  return startServerProcess({
    name: 'Kafka',
    url: `127.0.0.1:${port}`,
    command: parts().java,
    args: [...java, ...archive, 'kafka.Kafka', properties],
    env,
    directory,
    isReady: () => answers(`127.0.0.1:${port}`),
  });
}

async function initialise({ directory, login, advertisedPort }: KafkaOptions, port: number, java: readonly string[]) {
  const properties = join(directory, 'server.properties');
  await writeFile(
    properties,
    kafkaProperties(directory, { port, advertisedPort, controllerPort: await freePort() }, login),
  );
  await writeFile(join(directory, 'log4j2.properties'), log4jProperties(directory, login));
  await format([...java, 'kafka.tools.StorageTool', 'format', '--standalone', '-t', clusterId, '-c', properties]);
}

/** Of the user's environment nothing: JAVA_TOOL_OPTIONS, KAFKA_OPTS and the like would change the server. */
const env = { PATH: process.env.PATH };

/** Any id will do: the broker lives alone. */
const clusterId = 'Y29ubmVjdGxlc3Mtb25lMQ';

function javaArguments(directory: string): string[] {
  return [
    '-Xmx512m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1', // a broker that lives for minutes does not earn back the optimising compiler
    `-Djava.io.tmpdir=${directory}`, // native libraries of the codecs unpack there
    `-Dlog4j2.configurationFile=${join(directory, 'log4j2.properties')}`,
    '-cp',
    join(parts().kafka, '*'),
  ];
}

/** Classes already loaded and linked (JEP 483). Java itself ignores an archive that does not fit. */
function archiveUse(): string[] {
  const { kafkaArchive } = parts();
  return existsSync(kafkaArchive) ? [`-XX:AOTCache=${kafkaArchive}`] : [];
}

async function format(args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(parts().java, args, { env });
  } catch (cause) {
    throw new ConnectlessError('SERVER_START', `Kafka's storage could not be formatted: ${messageOf(cause)}`, {
      cause,
    });
  }
}

async function answers(broker: string): Promise<boolean> {
  const once = { connectionTimeout: 5000, requestTimeout: 5000, retry: { retries: 0 } };
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, ...once }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } finally {
    await admin.disconnect();
  }
}
