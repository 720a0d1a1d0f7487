// The S3 key of a file: where Kafka Connect's S3 sink would put it.
import type { SinkConfig } from '../config/sink-model';

/** Where a record comes from. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * `topics/prices/partition=0/prices+0+0000000042.avro`: the offset is that of the first record in the file.
 * @param directory the partitioner's
 */
export function objectKey(
  config: Pick<SinkConfig, 'topicsDir' | 'directoryDelimiter' | 'fileDelimiter' | 'zeroPadWidth'>,
  { topic, partition }: TopicPartition,
  directory: string,
  { startOffset, ending }: { readonly startOffset: number; readonly ending: string },
): string {
  const offset = String(startOffset).padStart(config.zeroPadWidth, '0');
  const name = `${[topic, partition, offset].join(config.fileDelimiter)}${ending}`;
  return `${topicPrefix(config, topic)}${directory}${config.directoryDelimiter}${name}`;
}

/** `topics/prices/`: what the keys of all files of a topic begin with. */
export function topicPrefix(
  { topicsDir, directoryDelimiter }: Pick<SinkConfig, 'topicsDir' | 'directoryDelimiter'>,
  topic: string,
): string {
  const directories = topicsDir === '' ? [topic] : [topicsDir, topic];
  return directories.map((directory) => `${directory}${directoryDelimiter}`).join('');
}
