// Starts everything that the demo needs, in order and with visible progress.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BucketAlreadyOwnedByYou, CreateBucketCommand } from '@aws-sdk/client-s3';
import { loadPipeline, validateFiles } from '../../src/config/load';
import type { KafkaConfig } from '../../src/config/model';
import { report } from '../../src/config/report';
import type { SinkConfig } from '../../src/config/sink-model';
import { ConnectlessError } from '../../src/errors';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import { s3Client } from '../../src/s3/client';
import { readSecret } from '../../src/secrets/reader';
import { startServers } from '../servers/all';
import { freePort } from '../servers/free-port';
import { projectRoot } from '../servers/parts';
import { shownStep } from '../shown-step';
import { startStandalone } from '../standalone';
import type { OnLog } from '../standalone-log';
import { type Addresses, demoFiles, type Files, startRegistry } from './pipeline';
import { createPrices, type PricesTable } from './table';

export const topics = { in: 'confluent-in-prices', out: 'confluent-out-prices' } as const;

export interface Stage {
  readonly addresses: Addresses;
  readonly files: Files;
  readonly kafka: KafkaConfig;
  readonly sink: SinkConfig;
  readonly table: PricesTable;
  /** Finishes the batches in hand and ends everything that was started here. */
  stop(): Promise<void>;
}

type Undo = () => Promise<unknown>;

/** What fails on the way is thrown, after what was started before it has been stopped. */
export async function setStage(onLog: OnLog): Promise<Stage> {
  const undo: Undo[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await build(undo, onLog)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(undo: Undo[], onLog: OnLog): Promise<Omit<Stage, 'stop'>> {
  await checkOwnFiles();
  const servers = await shownStep('Postgres, Kafka and S3', async () => {
    const started = await startServers();
    undo.push(started.stop);
    return started;
  });
  prepareAwsEnvironment(process.env);
  const addresses = { ...servers, registryUrl: `http://127.0.0.1:${await freePort()}` };
  const directory = await runDirectory(undo);
  const files = await demoFiles(directory, addresses);
  const { worker, connectors } = await loadPipeline(files.worker, files.connectors, readSecret);
  const sink = connectors.find((connector) => connector.kind === 'sink');
  if (sink === undefined) throw new ConnectlessError('DEMO_FILES', 'connectors/s3-sink.properties is no sink');

  await shownStep(`topics ${topics.in} and ${topics.out}, bucket ${sink.bucket}`, () =>
    createTopicsAndBucket(worker.kafka, sink),
  );
  const table = await shownStep('table prices and its first row', () => createPrices(servers.postgresUrl));
  undo.push(table.close);
  await shownStep(`registry on ${addresses.registryUrl}`, async () => {
    const registry = await startRegistry(addresses.registryUrl, files.worker);
    undo.push(registry.stop);
  });
  await shownStep('worker: source, processor and sink', async () => {
    const standalone = await startStandalone({ workerFile: files.worker, connectorFiles: files.connectors, onLog });
    undo.push(() => standalone.stop(30_000));
  });
  return { addresses, files, kafka: worker.kafka, sink, table };
}

/** Before anything is started, and under the names that the reader knows: the copies are gone when the demo ends. */
async function checkOwnFiles(): Promise<void> {
  const own = (name: string) => join(projectRoot, 'connectors', `${name}.properties`);
  const { faults } = await validateFiles(own('worker'), ['connect-postgresql', 'processor', 's3-sink'].map(own));
  if (faults.length > 0) throw new ConnectlessError('CONFIG_INVALID', report(faults));
}

/** LocalStack takes any credentials; a reader's own S3 gets the reader's. The functions inherit `AWS_*`. */
function prepareAwsEnvironment(env: NodeJS.ProcessEnv): void {
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  if (env.CONNECTLESS_S3_ENDPOINT) return;
  env.AWS_ACCESS_KEY_ID ??= 'test';
  env.AWS_SECRET_ACCESS_KEY ??= 'test';
}

async function runDirectory(undo: Undo[]): Promise<string> {
  const parent = join(projectRoot, '.connectless', 'run');
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'demo-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function createTopicsAndBucket(kafka: KafkaConfig, sink: SinkConfig): Promise<void> {
  await withTopicAdmin(kafka, async (admin) => {
    for (const topic of Object.values(topics)) await admin.create({ topic, partitions: 1 });
  });
  await s3Client(sink.s3)
    .send(new CreateBucketCommand({ Bucket: sink.bucket }))
    .catch((error: unknown) => {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    });
}
