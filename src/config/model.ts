// The validated configuration that the rest of the code reads: complete, read-only, no property names, no strings to parse.

/** How to reach Kafka, from `bootstrap.servers` and the client properties of `worker.properties`. */
export interface KafkaConfig {
  /** host:port */
  readonly brokers: readonly string[];
  readonly securityProtocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  readonly sasl?: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'AWS_MSK_IAM';
    readonly username?: string;
    readonly password?: string;
  };
  readonly clientId: string;
  /** `request.timeout.ms`: how long a produced batch may be in flight. */
  readonly requestTimeoutMs: number;
}

/** A converter that writes and reads Confluent's wire format through a registry. */
export interface RegistryConfig {
  /** `s3://bucket/prefix`, `file:///directory` (built in), or `http(s)://…` (Confluent-compatible). */
  readonly url: string;
  /** `schema.registry.basic.auth.user.info`, `user:password`. */
  readonly basicAuth?: string;
}

export interface WorkerConfig {
  readonly kafka: KafkaConfig;
  /** Of the AvroConverter; the built-in one beside the state where the worker has another converter. */
  readonly valueRegistry: RegistryConfig;
  /** `connectless.state.url`: `s3://bucket/prefix` or `file:///directory`. */
  readonly stateUrl: string;
}

/** Where an S3 request goes. */
export interface S3Config {
  readonly region: string;
  /** `store.url`; absent for AWS itself. */
  readonly endpoint?: string;
  readonly pathStyle: boolean;
}

/** How to reach Postgres, from `connection.url`, `connection.user`, `connection.password`. */
export interface PostgresConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** `wrapperPlugins=iam` of AWS's JDBC wrapper: each new connection's password is a token of IAM. Region absent: from the host, or AWS_REGION. */
  readonly iam?: { readonly region?: string };
  /** pgjdbc's `sslmode`. */
  readonly sslMode: 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  /** pgjdbc's `sslrootcert`, a PEM file. */
  readonly sslRootCert?: string;
}

/** What the deployment on AWS makes of a connector: `connectless.function.*`, `connectless.log.retention.days`, `connectless.tags`. */
export interface DeploymentConfig {
  /** Absent: CloudFormation makes one up. */
  readonly functionName?: string;
  readonly memoryMb: number;
  /** Whole seconds. */
  readonly timeoutMs: number;
  readonly logRetentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** `connectless.trigger.*`, how the deployment lets topics invoke a function. */
export interface TriggerConfig {
  /** Absent: pollers on demand. */
  readonly pollers?: { readonly min: number; readonly max: number };
  /** Whole seconds. */
  readonly batchWindowMs: number;
}

/** `topic.creation.default.*`; what is absent is the broker's default. */
export interface TopicCreationConfig {
  readonly partitions?: number;
  readonly replicationFactor?: number;
}

export interface SourceConfig {
  readonly kind: 'source';
  readonly name: string;
  readonly deployment: DeploymentConfig;
  readonly topicCreation: TopicCreationConfig;
  readonly postgres: PostgresConfig;
  readonly mode: 'incrementing';
  /** `incrementing.column.name`; absent: the first auto-increment column of each table. */
  readonly incrementingColumn?: string;
  /** `table.whitelist` / `table.include.list`: `table`, `schema.table`; absent: every table. */
  readonly tables?: readonly string[];
  readonly topicPrefix: string;
  readonly pollIntervalMs: number;
  readonly tablePollIntervalMs: number;
  readonly batchMaxRows: number;
  /** `db.timezone`, an IANA name. */
  readonly timeZone: string;
}

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

export interface ProcessorConfig {
  readonly kind: 'processor';
  readonly name: string;
  readonly deployment: DeploymentConfig;
  readonly trigger: TriggerConfig;
  readonly topicCreation: TopicCreationConfig;
  readonly topics: readonly string[];
  /** `connectless.output.topic` */
  readonly outputTopic: string;
}

export type ConnectorConfig = SourceConfig | SinkConfig | ProcessorConfig;

/** One deployment: what a worker's and its connectors' files say together. */
export interface PipelineConfig {
  readonly worker: WorkerConfig;
  readonly connectors: readonly ConnectorConfig[];
}
