// A sink of a run's own: topic, bucket, registry and connector files that nobody else uses.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleLambda, bundlesDirectory } from '../../../lib/bundling';
import { copyWith, type Overrides } from '../../../local/demo/connector-files';
import { projectRoot } from '../../../local/servers/parts';
import { loadPipeline } from '../../../src/config/load';
import type { WorkerConfig } from '../../../src/config/model';
import type { SinkConfig } from '../../../src/config/sink-model';
import { openRegistry } from '../../../src/registry/open';
import { valueSubject } from '../../../src/registry/registry';
import { bucketObjects } from '../../../src/s3/bucket';
import { s3Client } from '../../../src/s3/client';
import type { ObjectStore } from '../../../src/s3/object-store';
import { readSecret } from '../../../src/secrets/reader';
import { type Sink, sinkOn } from '../../../src/sink/sink';
import { s3State } from '../../../src/state/s3';
import { type RecordedMetrics, recordedMetrics } from '../../src/metrics/recorded';
import { environment } from '../environment';
import { type FreshBucket, freshBucket } from '../fresh-bucket';
import { freshName, freshTopic } from '../fresh-topic';
import { temporaryDirectory } from '../temporary-directory';
import { rowSchema } from './rows';

export interface SinkSite {
  readonly topic: string;
  readonly partitions: number;
  readonly bucket: FreshBucket;
  readonly worker: WorkerConfig;
  readonly config: SinkConfig;
  /** Of the rows, in the registry. */
  readonly schemaId: number;
  /** What the sink's function is started with. */
  readonly function: { readonly bundle: string; readonly environment: Readonly<Record<string, string>> };
  /** The same sink in this process, on S3 itself; to it everything is later by so many milliseconds. */
  sinkHere(laterMs: number): Sink & { readonly metrics: RecordedMetrics };
}

interface SiteOptions {
  readonly partitions?: number;
  /** Where the function finds S3; @default where it is */
  readonly s3Endpoint?: string;
  /** Of the sink. */
  readonly properties: Overrides;
}

const region = 'us-east-1';

export async function sinkSite(options: SiteOptions): Promise<SinkSite> {
  const { partitions = 1, properties, s3Endpoint = environment().s3Endpoint } = options;
  const [directory, bucket, topic, bundle] = await Promise.all([
    temporaryDirectory(),
    freshBucket('crash'),
    freshTopic('rows', partitions),
    bundleLambda('sink', bundlesDirectory),
  ]);
  const place = { topic, bucket: bucket.bucket, s3Endpoint };
  const files = await connectorFiles(directory, place, properties);
  const { worker, connectors } = await loadPipeline(files.worker, [files.sink], readSecret);
  const [config] = connectors;
  if (config?.kind !== 'sink') throw new Error('The file is to be a sink’s');
  const state = s3State(bucket.bucket, 'state/', { AWS_REGION: region, AWS_ENDPOINT_URL_S3: environment().s3Endpoint });
  const registry = openRegistry(worker, state);
  const here = s3Client({ ...config.s3, endpoint: environment().s3Endpoint });
  return {
    topic,
    partitions,
    bucket,
    worker,
    config,
    schemaId: await registry.register(valueSubject(topic), rowSchema),
    function: {
      bundle: bundle.path,
      environment: {
        CONNECTLESS_WORKER: files.worker,
        CONNECTLESS_CONNECTOR: files.sink,
        AWS_ENDPOINT_URL_S3: s3Endpoint,
      },
    },
    sinkHere: (laterMs) => {
      const metrics = recordedMetrics();
      const now = () => Date.now() + laterMs;
      const objects = later(bucketObjects(here, { bucket: bucket.bucket, region }, config.objects), laterMs);
      return { ...sinkOn(config, state, objects, () => registry, metrics, { now }), metrics };
    },
  };
}

/** The age of an upload is by S3's clock. */
function later(objects: ObjectStore, ms: number): ObjectStore {
  const uploads: ObjectStore['uploads'] = async (prefix) =>
    (await objects.uploads(prefix)).map((upload) => ({ ...upload, ageMs: upload.ageMs + ms }));
  return { ...objects, uploads };
}

interface Place {
  readonly topic: string;
  readonly bucket: string;
  readonly s3Endpoint: string;
}

async function connectorFiles(directory: string, { topic, bucket, s3Endpoint }: Place, properties: Overrides) {
  const copy = (name: string, values: Overrides) => copyWith(join(projectRoot, 'connectors', name), directory, values);
  const registryUrl = pathToFileURL(join(directory, 'registry')).href;
  const worker = await copy('worker.properties', {
    'bootstrap.servers': environment().kafkaBrokers,
    'key.converter.schema.registry.url': registryUrl,
    'value.converter.schema.registry.url': registryUrl,
    'connectless.state.url': `s3://${bucket}/state`,
  });
  const sink = await copy('s3-sink.properties', {
    name: freshName('sink'),
    topics: topic,
    's3.region': region,
    's3.bucket.name': bucket,
    'store.url': s3Endpoint,
    ...properties,
  });
  return { worker, sink };
}
