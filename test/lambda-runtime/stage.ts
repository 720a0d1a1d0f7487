// A place for functions as a deployment leaves them: code beside property files, the environment it sets, its buckets and its cluster.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleLambda, type LambdaName } from '../../lib/bundling';
import { type Edits, edited } from '../../lib/deployment/edits';
import { writeFunctionCode } from '../../lib/deployment/function-code';
import { type HostedFunction, hostedFunction } from '../../local/lambda-runtime/hosted-function';
import { projectRoot } from '../../local/servers/parts';
import { codec } from '../../src/avro/codec';
import { parseSchema } from '../../src/avro/schema-parse';
import { wireHeader } from '../../src/avro/wire';
import { parseProperties } from '../../src/config/properties';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import type { TopicLog } from '../../src/kafka/topic-log';
import { ENVIRONMENT, FILES } from '../../src/names';
import { builtInRegistry } from '../../src/registry/built-in';
import type { SchemaRegistry } from '../../src/registry/registry';
import { openState } from '../../src/state/open';
import { environment } from '../integration/environment';
import { type FreshBucket, freshBucket } from '../integration/fresh-bucket';
import { temporaryDirectory } from '../integration/temporary-directory';
import { type StallingProxy, stallingProxy } from './stalling-proxy';

export interface Stage {
  /** State and files. */
  readonly bucket: FreshBucket;
  /** What the functions reach S3 and Kafka through. Kafka's brokers are named by their own addresses afterwards. */
  readonly s3: StallingProxy;
  readonly kafka: StallingProxy;
  readonly registry: SchemaRegistry;
  readonly log: TopicLog;
  /** @param connector a file of `connectors/`, with these changes */
  deploy(lambda: LambdaName, connector?: ConnectorFile, environment?: Record<string, string>): Promise<HostedFunction>;
  close(): Promise<void>;
}

interface ConnectorFile {
  readonly file: string;
  readonly edits: Edits;
}

const stateUrl = `s3://\${env:${ENVIRONMENT.stateBucket}}/state`;
const workerEdits: Edits = {
  'bootstrap.servers': `\${env:${ENVIRONMENT.bootstrapServers}}`,
  'key.converter.schema.registry.url': stateUrl,
  'value.converter.schema.registry.url': stateUrl,
  'connectless.state.url': stateUrl,
  // What an invocation after a killed one waits for.
  'request.timeout.ms': '5000',
  'offset.storage.file.filename': undefined,
};

export async function stage(): Promise<Stage> {
  const { s3Endpoint, kafkaBrokers } = environment();
  const [bucket, s3, kafka, directory] = await Promise.all([
    freshBucket('lambda-runtime'),
    stallingProxy(new URL(s3Endpoint).host),
    stallingProxy(kafkaBrokers),
    temporaryDirectory(),
  ]);
  process.env.AWS_ENDPOINT_URL_S3 = s3Endpoint;
  const log = kafkaTopicLog({
    brokers: [kafkaBrokers],
    clientId: 'lambda-runtime',
    securityProtocol: 'PLAINTEXT',
    requestTimeoutMs: 30_000,
  });
  const functions: HostedFunction[] = [];

  return {
    bucket,
    s3,
    kafka,
    registry: builtInRegistry(await openState(`s3://${bucket.bucket}/state`)),
    log,
    async deploy(lambda, connector, given = {}) {
      const bundle = await bundleLambda(lambda, join(directory, 'bundles'));
      const task = writeFunctionCode(join(directory, `task-${functions.length}`), bundle.path, {
        worker: await properties('worker.properties', workerEdits),
        ...(connector && { connector: await properties(connector.file, connector.edits) }),
      });
      const deployed = hostedFunction({
        name: lambda,
        bundle: join(task, 'index.js'),
        environment: {
          CONNECTLESS_WORKER: FILES.worker,
          ...(connector && { CONNECTLESS_CONNECTOR: FILES.connector }),
          [ENVIRONMENT.bootstrapServers]: kafka.address,
          [ENVIRONMENT.stateBucket]: bucket.bucket,
          [ENVIRONMENT.dataBucket]: bucket.bucket,
          AWS_ENDPOINT_URL_S3: `http://${s3.address}`,
          ...given,
        },
        memoryMb: 512,
      });
      functions.push(deployed);
      return deployed;
    },
    async close() {
      await Promise.all(functions.map((one) => one.stop()));
      await Promise.all([s3.close(), kafka.close(), log.close()]);
    },
  };
}

async function properties(file: string, edits: Edits): Promise<ReadonlyMap<string, string>> {
  return edited(parseProperties(file, await readFile(join(projectRoot, 'connectors', file))), edits);
}

const priceSchema = JSON.stringify({
  type: 'record',
  name: 'prices',
  fields: [
    { name: 'id', type: 'int' },
    { name: 'item', type: 'string' },
  ],
});

/** An event of an MSK trigger with these ids, whose schema is in the registry under the topic's subject. */
export async function priceEvent(registry: SchemaRegistry, topic: string, ids: readonly number[]): Promise<object> {
  const schemaId = await registry.register(`${topic}-value`, priceSchema);
  const { encode } = codec(parseSchema(priceSchema));
  const records = ids.map((id, offset) => ({
    topic,
    partition: 0,
    offset,
    timestamp: 1_700_000_000_000 + offset,
    timestampType: 'CREATE_TIME',
    key: null,
    value: encode({ id, item: `item ${id}` }, wireHeader(schemaId)).toString('base64'),
    headers: [],
  }));
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/connectless/0-1',
    bootstrapServers: 'b-1:9098',
    records: { [`${topic}-0`]: records },
  };
}
