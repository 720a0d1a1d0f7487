// Looks at every station of a row's way: figures while rows move, sightings of each id at the end.

import { kafkaTopicLog } from '../../src/kafka/kafka-topic-log';
import { confluentRegistry } from '../../src/registry/confluent';
import { s3Client } from '../../src/s3/client';
import { fileWatch } from './files';
import { idsInFile, idsInTopic } from './ids';
import type { Sightings } from './reconcile';
import { type Stage, topics } from './stage';
import type { Figures } from './view';

export interface Watch {
  figures(): Promise<Figures>;
  sightings(): Promise<Sightings>;
  /** The newest file, if there is one. */
  newest(): { key: string; body: Buffer } | undefined;
  close(): Promise<void>;
}

/** `committed` tells when a row was committed, epoch milliseconds by id. */
export function watch(stage: Stage, committed: ReadonlyMap<number, number>): Watch {
  const { sink, table } = stage;
  const log = kafkaTopicLog(stage.kafka);
  const registry = confluentRegistry({ url: stage.addresses.registryUrl });
  const look = fileWatch(s3Client(sink.s3), sink.bucket, sink.topicsDir);
  let files: Awaited<ReturnType<typeof look>> = new Map();
  const records = async (topic: string) => (await log.ends(topic)).reduce((sum, end) => sum + end, 0);

  return {
    async figures() {
      const [ids, inTopic, outTopic] = await Promise.all([table.ids(), records(topics.in), records(topics.out)]);
      files = await look();
      const freshness = [...files.values()].flatMap(({ body, seenAt }) => {
        const last = committed.get(idsInFile(body).at(-1) ?? Number.NaN);
        return last === undefined ? [] : [seenAt - last];
      });
      const newestFile = [...files.keys()].at(-1);
      return { rows: ids.length, inTopic, outTopic, files: files.size, freshness, ...(newestFile && { newestFile }) };
    },
    async sightings() {
      const [ids, inTopic, outTopic] = await Promise.all([
        table.ids(),
        idsInTopic(log, topics.in, registry),
        idsInTopic(log, topics.out, registry),
      ]);
      files = await look();
      const inFiles = new Map([...files].map(([key, { body }]) => [key, idsInFile(body)]));
      return { table: ids, inTopic, outTopic, files: inFiles, flushSize: sink.flushSize };
    },
    newest: () => [...files.values()].at(-1),
    close: () => log.close(),
  };
}
