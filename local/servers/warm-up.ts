// Starts LocalStack and Kafka once and keeps what makes every later start quick: set-up's last step.
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { startKafka } from './kafka';
import { startLocalStack } from './localstack';
import { parts } from './parts';
import { processStart } from './process-start';
import type { Server, ServerOptions } from './server';

/** Written beside its place and renamed, so that an interrupted run leaves none that later ones would trust. */
async function warmUp(
  place: string,
  start: (options: ServerOptions & { warmUpTo: string }) => Promise<Server>,
  use: (server: Server) => Promise<void>,
  patienceMs: number,
): Promise<void> {
  const warmUpTo = `${place}.unfinished-${process.pid}`;
  const server = await start({ directory: await mkdtemp(join(tmpdir(), 'connectless-warm-up-')), warmUpTo });
  try {
    await use(server);
    await letEnd(server, patienceMs);
  } finally {
    await server.stop();
  }
  await rm(place, { recursive: true, force: true });
  await rename(warmUpTo, place);
}

/** Java writes its archive on the way out: seconds, on a slow machine many more than `stop` has patience for. */
const KAFKA_ENDS_MS = 300_000;
/** Now and then it never ends; what it keeps was written at its start. */
const LOCALSTACK_ENDS_MS = 5000;

async function letEnd({ pid }: Server, patienceMs: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  for (const deadline = Date.now() + patienceMs; processStart(pid) !== undefined && Date.now() < deadline; ) {
    await setTimeout(100);
  }
}

/** What the pipeline does with a broker, so that these classes are in the archive, too. */
async function useKafka({ url }: Server): Promise<void> {
  const kafka = new Kafka({ brokers: [url], logLevel: logLevel.NOTHING });
  const [admin, producer, consumer] = [kafka.admin(), kafka.producer(), kafka.consumer({ groupId: 'warm-up' })];
  await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
  await admin.createTopics({ topics: [{ topic: 'warm-up' }], waitForLeaders: true });
  await producer.send({ topic: 'warm-up', messages: [{ value: 'a' }] });
  await consumer.subscribe({ topic: 'warm-up', fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.run({ eachMessage: async () => resolve() }).catch(reject);
  });
  await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()]);
}

async function main(): Promise<void> {
  const { kafkaArchive, localstackCache } = parts();
  await Promise.all([
    warmUp(localstackCache, startLocalStack, async () => {}, LOCALSTACK_ENDS_MS),
    warmUp(kafkaArchive, startKafka, useKafka, KAFKA_ENDS_MS),
  ]);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
