// The S3 key of a file: where Kafka Connect's S3 sink would put it.
import type { SinkConfig } from '../config/model';

/** Where a record comes from. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** The directory below the topic's that DefaultPartitioner chooses: `partition=0`. */
export function encodedPartition({ partition }: TopicPartition): string {
  return `partition=${partition}`;
}

/** `topics/prices/partition=0/prices+0+0000000042.avro`: the offset is that of the first record in the file. */
export function objectKey(
  config: Pick<SinkConfig, 'topicsDir' | 'directoryDelimiter' | 'fileDelimiter' | 'zeroPadWidth'>,
  { topic, partition }: TopicPartition,
  encoded: string,
  startOffset: number,
): string {
  const offset = String(startOffset).padStart(config.zeroPadWidth, '0');
  const name = `${[topic, partition, offset].join(config.fileDelimiter)}.avro`;
  const directories = config.topicsDir === '' ? [topic, encoded] : [config.topicsDir, topic, encoded];
  return [...directories, name].join(config.directoryDelimiter);
}
