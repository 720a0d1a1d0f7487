// A source of a run's own: database, topics, bucket and connector files that nobody else uses, on servers that can fail.

import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Client } from 'pg';
import { bundleLambda, bundlesDirectory } from '../../../lib/bundling';
import { copyWith, type Overrides } from '../../../local/demo/connector-files';
import { projectRoot } from '../../../local/servers/parts';
import type { KafkaConfig } from '../../../src/config/model';
import { withTopicAdmin } from '../../../src/kafka/topic-admin';
import { environment } from '../environment';
import { freshName } from '../fresh-topic';
import { temporaryDirectory } from '../temporary-directory';
import type { CrashServers } from './servers';
import type { SourceFunction } from './source-process';
import { crashSchema, crashTables } from './tables';

export interface SourceSite {
  readonly servers: CrashServers;
  readonly partitions: number;
  /** Through the proxy, as the source's. */
  readonly kafka: KafkaConfig;
  topic(table: string): string;
  readonly function: SourceFunction;
  /** SQL: what rows are read in the order of. */
  readonly order: string;
}

/** Properties of the source, and the order of its rows. */
export interface CrashMode {
  readonly order: string;
  readonly properties: Overrides;
}

export const crashModes = {
  incrementing: { order: 'id', properties: {} },
  xid8: { order: 'tx, id', properties: { 'connectless.mode': 'xid8' } },
} as const satisfies Record<string, CrashMode>;

export interface SiteOptions {
  readonly partitions: number;
  readonly batchMaxRows: number;
  /** Of an invocation: a lease lasts as long. */
  readonly timeoutMs: number;
  readonly mode: CrashMode;
}

const REQUEST_TIMEOUT_MS = 1000;
const region = 'us-east-1';

export async function sourceSite(servers: CrashServers, options: SiteOptions): Promise<SourceSite> {
  const { partitions, timeoutMs } = options;
  const [directory, bundle] = await Promise.all([temporaryDirectory(), bundleLambda('source', bundlesDirectory)]);
  const bucket = await newBucket();
  const prefix = 'in-';
  const topic = (table: string) => prefix + table;
  const kafka: KafkaConfig = {
    brokers: [address(servers.proxies.kafka.port)],
    securityProtocol: 'PLAINTEXT',
    clientId: 'crash-test',
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  };
  await withTopicAdmin(kafka, async (admin) => {
    for (const { name } of crashTables) await admin.create({ topic: topic(name), partitions });
  });
  await createTables(servers.postgresUrl());
  const files = await connectorFiles(directory, servers, { bucket, prefix }, options);
  return {
    servers,
    partitions,
    kafka,
    topic,
    order: options.mode.order,
    function: {
      bundle: bundle.path,
      timeoutMs,
      environment: {
        CONNECTLESS_WORKER: files.worker,
        CONNECTLESS_CONNECTOR: files.source,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_S3: `http://${address(servers.proxies.s3.port)}`,
      },
    },
  };
}

async function newBucket(): Promise<string> {
  const bucket = freshName('source-crash');
  const here = new S3Client({ endpoint: environment().s3Endpoint, forcePathStyle: true });
  await here.send(new CreateBucketCommand({ Bucket: bucket }));
  here.destroy();
  return bucket;
}

async function createTables(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(crashSchema);
  await client.end();
}

async function connectorFiles(
  directory: string,
  { proxies, postgresUrl }: CrashServers,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  { batchMaxRows, mode }: SiteOptions,
) {
  const copy = (name: string, values: Overrides) => copyWith(join(projectRoot, 'connectors', name), directory, values);
  const worker = await copy('worker.properties', {
    'bootstrap.servers': address(proxies.kafka.port),
    'key.converter.schema.registry.url': `s3://${bucket}/registry`,
    'value.converter.schema.registry.url': `s3://${bucket}/registry`,
    'connectless.state.url': `s3://${bucket}/state`,
    'request.timeout.ms': String(REQUEST_TIMEOUT_MS),
  });
  const { username, password, pathname } = new URL(postgresUrl());
  const login = `user=${username}&password=${password}`;
  const source = await copy('connect-postgresql.properties', {
    name: freshName('source'),
    'connection.url': `jdbc:postgresql://${address(proxies.postgres.port)}${pathname}?${login}`,
    'table.whitelist': crashTables.map(({ name }) => name).join(),
    'topic.prefix': prefix,
    'poll.interval.ms': '50',
    'batch.max.rows': String(batchMaxRows),
    ...Object.assign({}, ...crashTables.map((table) => table.properties)),
    ...mode.properties,
  });
  return { worker, source };
}

function address(port: number): string {
  return `127.0.0.1:${port}`;
}
