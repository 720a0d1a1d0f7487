// The validated configuration of a sink.
import type { DeploymentConfig, RegistryConfig, S3Config, TriggerConfig } from './model';

export interface SinkConfig extends RotationConfig {
  readonly kind: 'sink';
  readonly name: string;
  readonly deployment: DeploymentConfig;
  readonly trigger: TriggerConfig;
  readonly topics: readonly string[];
  /** `topics.regex`, in place of `topics`, which is empty then. */
  readonly topicsRegex?: string;
  /** Of the connector itself, or else of its worker. */
  readonly converters: SinkConverters;
  readonly s3: S3Config;
  readonly bucket: string;
  /** `topics.dir`; empty drops the prefix. */
  readonly topicsDir: string;
  readonly directoryDelimiter: string;
  readonly fileDelimiter: string;
  readonly zeroPadWidth: number;
  readonly partitioner: PartitionerConfig;
  /** `schema.compatibility` */
  readonly compatibility: 'NONE' | 'BACKWARD' | 'FORWARD' | 'FULL';
  /** Of the values; of the sibling files of keys and headers when these are stored. */
  readonly formats: { readonly value: FormatConfig; readonly keys?: FormatConfig; readonly headers?: FormatConfig };
  readonly nulls: NullsConfig;
  readonly errors: ErrorsConfig;
  readonly objects: ObjectsConfig;
  /** Bytes in a part of a multipart upload. */
  readonly partSize: number;
}

/** `value.converter`, `key.converter`, `header.converter` and what belongs to them. */
export interface SinkConverters {
  readonly value: ConverterConfig;
  readonly key: ConverterConfig;
  readonly headers: 'simple' | 'string';
}

export type ConverterConfig =
  /** Confluent's AvroConverter. */
  | { readonly kind: 'avro'; readonly registry: RegistryConfig }
  /** AWSKafkaAvroConverter; region absent: from AWS_REGION. */
  | { readonly kind: 'glue'; readonly region?: string; readonly endpoint?: string }
  | { readonly kind: 'json'; readonly schemas: boolean }
  | { readonly kind: 'string'; readonly encoding: string }
  | { readonly kind: 'bytes' };

/** A `format.class` with its own properties. */
export type FormatConfig =
  | {
      readonly kind: 'avro';
      readonly codec: 'null' | 'deflate' | 'snappy' | 'zstandard';
      /** `connectless.avro.deflate.level` */
      readonly deflateLevel: number;
    }
  | {
      readonly kind: 'json';
      /** `s3.compression.level` when `s3.compression.type=gzip`; absent: not compressed. */
      readonly gzipLevel?: number;
      /** `json.decimal.format` */
      readonly decimals: 'BASE64' | 'NUMERIC';
    }
  | {
      readonly kind: 'bytes';
      readonly gzipLevel?: number;
      /** `format.bytearray.extension`, `.bin` */
      readonly extension: string;
      /** `format.bytearray.separator`, a line's end */
      readonly separator: string;
    }
  | { readonly kind: 'parquet'; readonly codec: 'none' | 'snappy' | 'gzip' | 'zstd' | 'brotli' };

/** `partitioner.class` with its own properties. */
export type PartitionerConfig =
  | { readonly kind: 'default' }
  | {
      readonly kind: 'field';
      /** `partition.field.name`: each a path of names, dotted. */
      readonly fields: readonly string[];
    }
  | {
      /** TimeBasedPartitioner, and Daily and Hourly with their own duration and format. */
      readonly kind: 'time';
      readonly durationMs: number;
      /** A pattern of Joda's. */
      readonly pathFormat: string;
      /** BCP 47 */
      readonly locale: string;
      /** An IANA name. */
      readonly timeZone: string;
      readonly extractor:
        | { readonly kind: 'wallclock' }
        | { readonly kind: 'record' }
        | { readonly kind: 'field'; readonly field: string };
    };

/** When files are closed; what is absent closes none. */
export interface RotationConfig {
  /** `flush.size`: records in the open files of a topic-partition. */
  readonly flushSize: number;
  /** `rotate.interval.ms`, of the timestamps that the partitioner sees. */
  readonly rotateIntervalMs?: number;
  /** `rotate.file.on.partition.change`, with `rotate.interval.ms` alone. */
  readonly rotateOnPartitionChange: boolean;
  /** `rotate.schedule.interval.ms`, of the wall clock. */
  readonly rotateScheduleMs?: number;
  /** `timezone`, an IANA name: the schedule begins at its midnight. */
  readonly timeZone: string;
  /** `connectless.rotate.bytes`: of a file, before its last block is compressed. */
  readonly rotateBytes?: number;
  /** `connectless.rotate.idle.ms`: of the wall clock, since the partition's last record was taken. */
  readonly rotateIdleMs?: number;
}

/** `behavior.on.null.values` */
export interface NullsConfig {
  readonly behavior: 'fail' | 'ignore' | 'write';
  /** `report.null.values.to.dlq`: ignored ones become dead letters where there is a topic for them. */
  readonly toDeadLetters: boolean;
  /** `tombstone.encoded.partition` */
  readonly directory: string;
}

/** Connect's `errors.*`. */
export interface ErrorsConfig {
  readonly tolerance: 'none' | 'all';
  readonly deadLetters?: {
    readonly topic: string;
    /** -1: the broker's own. */
    readonly replicationFactor: number;
    /** `errors.deadletterqueue.context.headers.enable` */
    readonly contextHeaders: boolean;
  };
  /** `errors.log.enable`, `errors.log.include.messages` */
  readonly log: boolean;
  readonly logMessages: boolean;
  /** `errors.retry.timeout`; -1: for ever. */
  readonly retryTimeoutMs: number;
  readonly retryDelayMaxMs: number;
}

/** What objects are written with. */
export interface ObjectsConfig {
  /** `s3.object.tagging`: `startOffset`, `endOffset`, `recordCount`, and further tags. */
  readonly tagging?: {
    readonly extra: Readonly<Record<string, string>>;
    /** `s3.object.behavior.on.tagging.error` */
    readonly onError: 'ignore' | 'fail';
  };
  readonly sse?: {
    readonly algorithm: 'AES256' | 'aws:kms';
    readonly kmsKeyId?: string;
  };
  /** `s3.acl.canned` */
  readonly acl?: string;
  /** `s3.part.retries`, beside the first attempt. */
  readonly retries: number;
  readonly retryBackoffMs: number;
}
