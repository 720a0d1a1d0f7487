// Where the source's benchmarks work: a Postgres, a Kafka, an emulated Data API, and a process for each run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../lib/bundling';
import { startDataApi } from '../local/data-api/server';
import { startKafka } from '../local/servers/kafka';
import { startPostgres } from '../local/servers/postgres';
import type { PostgresConfig } from '../src/config/model';
import type { DataApiConfig } from '../src/config/source-model';
import { withTopicAdmin } from '../src/kafka/topic-admin';
import type { Done, Job } from './source-run';

export interface Place {
  readonly postgresUrl: string;
  readonly postgres: PostgresConfig;
  readonly dataApi: DataApiConfig;
  /** In a process of its own, bundled as a function is; the topic is made before. */
  run(job: Pick<Job, 'part' | 'table' | 'rows' | 'batchMaxRows' | 'database'>): Promise<Done>;
}

const dataApi: DataApiConfig = {
  clusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:bench',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:bench',
  database: 'postgres',
};

export async function inPlace(work: (place: Place) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-source-bench-'));
  const [postgres, kafka, { path }] = await Promise.all([
    startPostgres({ directory: mkdtempSync(join(tmpdir(), 'connectless-postgres-')) }),
    startKafka({ directory: mkdtempSync(join(tmpdir(), 'connectless-kafka-')) }),
    bundle(join(__dirname, 'source-run.ts'), 'source-run', directory),
  ]);
  const emulator = await startDataApi({ ...dataApi, url: () => postgres.url });
  const { hostname, port, username, password } = new URL(postgres.url);
  const access = { host: hostname, port: Number(port), database: 'postgres', user: username, password };
  const config: PostgresConfig = { ...access, sslMode: 'disable' };
  let runs = 0;
  try {
    await work({
      postgresUrl: postgres.url,
      postgres: config,
      dataApi,
      run: async (job) => {
        runs += 1;
        const topicPrefix = `run-${runs}-`;
        await createTopic(kafka.url, topicPrefix + job.table);
        const stateDirectory = join(directory, `state-${runs}`);
        const whole: Job = { ...job, postgres: config, brokers: kafka.url, topicPrefix, stateDirectory };
        return runProcess(path, whole, emulator.endpoint);
      },
    });
  } finally {
    await emulator.close();
    await Promise.all([kafka.stop(), postgres.stop()]);
    rmSync(directory, { recursive: true });
  }
}

async function createTopic(brokers: string, topic: string): Promise<void> {
  const kafka = {
    brokers: [brokers],
    securityProtocol: 'PLAINTEXT',
    clientId: 'bench',
    requestTimeoutMs: 30_000,
  } as const;
  await withTopicAdmin(kafka, async (admin) => {
    await admin.create({ topic, partitions: 1 });
  });
}

async function runProcess(path: string, job: Job, endpoint: string): Promise<Done> {
  // Those of the local runner's function of 512 MB.
  const options = ['--max-old-space-size=460', ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [])];
  const child = spawn(process.execPath, [...options, path, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_RDS_DATA: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${job.part} of ${job.table} ended with status ${status}`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '');
}
