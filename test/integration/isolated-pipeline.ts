// A whole pipeline of a test's own: database, topics, bucket, state and registry that nobody else uses.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copyWith, type Overrides } from '../../local/demo/connector-files';
import { fileWatch } from '../../local/demo/files';
import { idsInFile, idsInTopic } from '../../local/demo/ids';
import { projectRoot } from '../../local/servers/parts';
import { type Standalone, startStandalone } from '../../local/standalone';
import { loadPipeline } from '../../src/config/load';
import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import { openRegistry } from '../../src/registry/open';
import { readSecret } from '../../src/secrets/reader';
import { openState } from '../../src/state/open';
import { environment } from './environment';
import { freshBucket } from './fresh-bucket';
import { freshDatabase } from './fresh-database';
import { freshName } from './fresh-topic';
import { temporaryDirectory } from './temporary-directory';

/** Ids of the table `prices`, in the order of offsets. */
interface Sighting {
  readonly inTopic: readonly number[];
  readonly outTopic: readonly number[];
  readonly files: readonly number[];
}

export interface IsolatedPipeline {
  readonly databaseUrl: string;
  readonly directory: string;
  readonly sinkName: string;
  readonly workerFile: string;
  readonly connectorFiles: readonly string[];
  /** `connector: line` */
  readonly log: readonly string[];
  look(): Promise<Sighting>;
  start(environment?: Readonly<Record<string, string>>): Promise<Standalone>;
  close(): Promise<void>;
}

/** By property name, for each file. */
export interface FileOverrides {
  readonly worker?: Overrides;
  readonly source?: Overrides;
  readonly sink?: Overrides;
}

export async function isolatedPipeline(overrides: FileOverrides = {}): Promise<IsolatedPipeline> {
  const { kafkaBrokers, s3Endpoint } = environment();
  const [database, directory, { bucket, client: s3 }] = await Promise.all([
    freshDatabase('isolated'),
    temporaryDirectory(),
    freshBucket('isolated'),
  ]);
  const run = freshName('run');
  const sinkName = `${run}-sink`;
  const topics = { in: `${run}-in-prices`, out: `${run}-out-prices` };
  const registryUrl = pathToFileURL(join(directory, 'registry')).href;
  const copy = (name: string, values: Overrides) => copyWith(join(projectRoot, 'connectors', name), directory, values);
  const workerFile = await copy('worker.properties', {
    'bootstrap.servers': kafkaBrokers,
    'key.converter.schema.registry.url': registryUrl,
    'value.converter.schema.registry.url': registryUrl,
    'offset.storage.file.filename': join(directory, 'connect.offsets'),
    ...overrides.worker,
  });
  const connectorFiles = await Promise.all([
    copy('connect-postgresql.properties', {
      name: `${run}-source`,
      'connection.url': `jdbc:${database.url.replace(/\/\/(.*):(.*)@(.*)$/, '//$3?user=$1&password=$2')}`,
      'topic.prefix': `${run}-in-`,
      'poll.interval.ms': '100',
      ...overrides.source,
    }),
    copy('processor.properties', {
      name: `${run}-processor`,
      topics: topics.in,
      'connectless.output.topic': topics.out,
    }),
    copy('s3-sink.properties', {
      name: sinkName,
      topics: topics.out,
      's3.bucket.name': bucket,
      'store.url': s3Endpoint,
      ...overrides.sink,
    }),
  ]);
  const { worker } = await loadPipeline(workerFile, connectorFiles, readSecret);
  await withTopicAdmin(worker.kafka, async (admin) => {
    for (const topic of Object.values(topics)) await admin.create({ topic, partitions: 1 });
  });
  const log = kafkaTopicLog(worker.kafka);
  const registry = openRegistry(worker, await openState(worker.stateUrl));
  const files = fileWatch(s3, bucket, '');
  const lines: string[] = [];

  return {
    databaseUrl: database.url,
    directory,
    sinkName,
    workerFile,
    connectorFiles,
    log: lines,
    async look() {
      const [inTopic, outTopic, found] = await Promise.all([
        idsInTopic(log, topics.in, registry),
        idsInTopic(log, topics.out, registry),
        files(),
      ]);
      const byKey = [...found.values()].sort((a, b) => a.key.localeCompare(b.key));
      return { inTopic, outTopic, files: byKey.flatMap(({ body }) => idsInFile(body)) };
    },
    start: (given = {}) =>
      startStandalone({
        workerFile,
        connectorFiles,
        environment: { ...process.env, ...given },
        onLog: (line, connector) => lines.push(`${connector}: ${line}`),
      }),
    async close() {
      await log.close();
      await database.drop();
    },
  };
}
