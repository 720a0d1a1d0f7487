// Where the standalone benchmark works: a worker's file, a bucket, a registry, and topics full of records.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CompressionTypes } from 'kafkajs';
import { codec } from '../src/avro/codec';
import { parseSchema } from '../src/avro/schema-parse';
import { wireHeader } from '../src/avro/wire';
import { loadPipeline } from '../src/config/load';
import type { KafkaConfig } from '../src/config/model';
import { kafkaClient } from '../src/kafka/client';
import { withTopicAdmin } from '../src/kafka/topic-admin';
import { openRegistry } from '../src/registry/open';
import { valueSubject } from '../src/registry/registry';
import { readSecret } from '../src/secrets/reader';
import { openState } from '../src/state/open';
import type { Shape } from './record-shapes';

/** The command's second argument. */
export const FLUSH_SIZE = Number(process.argv[3] ?? 1_000);
const BUCKET = 'standalone';

export interface Place {
  readonly directory: string;
  readonly workerFile: string;
  readonly s3Url: string;
  readonly kafka: KafkaConfig;
}

export interface FilledTopic {
  readonly topic: string;
  readonly records: number;
  readonly connectorFile: string;
}

export async function prepare(directory: string, brokers: string, s3Url: string): Promise<Place> {
  // LocalStack takes any; the worker inherits them.
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  process.env.AWS_REGION = 'us-east-1';
  const workerFile = join(directory, 'worker.properties');
  const registry = pathToFileURL(join(directory, 'registry')).href;
  write(workerFile, {
    'bootstrap.servers': brokers,
    'key.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
    'value.converter': 'io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url': registry,
    'offset.storage.file.filename': join(directory, 'connect.offsets'),
  });
  const client = new S3Client({ endpoint: s3Url, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const { worker } = await loadPipeline(workerFile, [], readSecret);
  return { directory, workerFile, s3Url, kafka: worker.kafka };
}

// kafkajs groups the messages of a call in time quadratic to their number.
const MESSAGES_A_SEND = 500;

/** A topic with the records, evenly over its partitions, and a sink's file for it. */
export async function fillTopic(
  place: Place,
  topic: string,
  { schema, value }: Shape,
  partitions: number,
  records: number,
): Promise<FilledTopic> {
  const { worker } = await loadPipeline(place.workerFile, [], readSecret);
  const registry = openRegistry(worker, await openState(worker.stateUrl));
  const id = await registry.register(valueSubject(topic), schema);
  const { encode } = codec(parseSchema(schema));
  await withTopicAdmin(place.kafka, async (admin) => {
    await admin.create({ topic, partitions });
  });
  const producer = kafkaClient(place.kafka).producer();
  await producer.connect();
  for (let sent = 0, send = 0; sent < records; sent += MESSAGES_A_SEND, send += 1) {
    const count = Math.min(MESSAGES_A_SEND, records - sent);
    const messages = Array.from({ length: count }, (_, index) => ({
      partition: send % partitions,
      value: encode(value(sent + index), wireHeader(id)),
    }));
    await producer.send({ topic, messages, compression: CompressionTypes.None });
  }
  await producer.disconnect();
  const connectorFile = join(place.directory, `${topic}.properties`);
  write(connectorFile, {
    name: `sink-${topic}`,
    'connector.class': 'io.confluent.connect.s3.S3SinkConnector',
    topics: topic,
    's3.region': 'us-east-1',
    's3.bucket.name': BUCKET,
    'store.url': place.s3Url,
    'flush.size': String(FLUSH_SIZE),
    'storage.class': 'io.confluent.connect.s3.storage.S3Storage',
    'format.class': 'io.confluent.connect.s3.format.avro.AvroFormat',
  });
  return { topic, records, connectorFile };
}

function write(path: string, properties: Readonly<Record<string, string>>): void {
  writeFileSync(
    path,
    `${Object.entries(properties)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n')}\n`,
  );
}
