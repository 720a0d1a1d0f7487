// Names that deploy time and run time both need: environment variables, files beside a bundle, metrics. No imports.

/** Of a deployed function's environment. */
export const ENVIRONMENT = {
  /** Path of the worker's file, from the bundle's directory on. */
  worker: 'CONNECTLESS_WORKER',
  /** Path of the connector's file. */
  connector: 'CONNECTLESS_CONNECTOR',
  /** What the deployment made, as the deployed files refer to it: `${env:…}`. */
  bootstrapServers: 'CONNECTLESS_BOOTSTRAP_SERVERS',
  stateBucket: 'CONNECTLESS_STATE_BUCKET',
  dataBucket: 'CONNECTLESS_DATA_BUCKET',
  databaseHost: 'CONNECTLESS_DATABASE_HOST',
  databasePort: 'CONNECTLESS_DATABASE_PORT',
  /** Of the cluster that the Data API is called for, and of the secret with its user and password. */
  databaseClusterArn: 'CONNECTLESS_DATABASE_CLUSTER_ARN',
  databaseSecretArn: 'CONNECTLESS_DATABASE_SECRET_ARN',
} as const;

/** Beside a deployed bundle. */
export const FILES = {
  worker: 'worker.properties',
  connector: 'connector.properties',
  /** Amazon's certificate authorities for RDS and Aurora, in PEM. */
  databaseCertificates: 'amazon-rds-ca.pem',
  /** The certificate authorities that a source's own file names. */
  ownCertificates: 'database-ca.pem',
} as const;

/** What a sink's schedule sends in place of records: close what is due. */
export const FLUSH_EVENT = { connectless: 'flush' } as const;

/** What a deployment sends a source in place of its schedule's event: look at everything, read nothing, answer what was found. */
export const PREFLIGHT_EVENT = { connectless: 'preflight' } as const;

/** CloudWatch namespace of what the functions measure; every metric has the one dimension `connector`. */
export const METRICS_NAMESPACE = 'Connectless';
export const METRICS_DIMENSION = 'connector';

/** By the vocabulary: source, processor, sink. Units stand in METRIC_UNITS. */
export const METRICS = {
  /** Rows that are in the topic, counted with the write that moves the cursor behind them: also those of a page that a dead invocation left. */
  sourceRows: 'SourceRows',
  /**
   * From the last look at the fence that found nothing more to read, to the acknowledgement of a page: longer ago none of its rows
   * was committed. Not said of the first rows that a process reads.
   */
  sourceFreshness: 'SourceFreshness',
  /** Time spent waiting for open transactions. */
  sourceFenceWait: 'SourceFenceWait',
  /** Failures that were tried again. */
  sourceRetries: 'SourceRetries',
  /** Tables that cannot go on until somebody acts: a schema that is refused, a topic that was made anew, a fence that took too long. */
  sourceStopped: 'SourceStopped',
  /** Records that are in the output topic. A batch that comes again after an invocation has answered for it may count twice. */
  processorRecords: 'ProcessorRecords',
  /** Age of the event's oldest record when the event arrives. */
  processorLag: 'ProcessorLag',
  /** Records taken into open files. */
  sinkRecords: 'SinkRecords',
  /** Age of the event's oldest record when the event arrives. */
  sinkLag: 'SinkLag',
  /** Files that are in the bucket. */
  sinkFiles: 'SinkFiles',
  /** Bytes of those files. */
  sinkBytes: 'SinkBytes',
  /** Age of a file's first record when the file is in the bucket. */
  sinkFreshness: 'SinkFreshness',
  /** Partitions that cannot go on until somebody acts: a record that cannot be written, a stranger's file, a right that is missing. */
  sinkStopped: 'SinkStopped',
  /** Records in open files, said by each flush that could look at all of them, zero too. */
  sinkOpenRecords: 'SinkOpenRecords',
  /** Records that went to the dead-letter topic. A batch that comes again counts them again, as it sends them again. */
  sinkDeadLetters: 'SinkDeadLetters',
  /** Records that were passed over and went nowhere: tolerated faults without a dead-letter topic, ignored null values. */
  sinkSkipped: 'SinkSkipped',
  /** Offsets that were gone from the topic before they were read: retention, or compaction. The log has from and to. */
  sinkGapRecords: 'SinkGapRecords',
  /** Requests to the state store, the larger part of a quiet pipeline's cost: GET, PUT, and LIST, which costs as much as PUT. */
  stateReads: 'StateReads',
  stateWrites: 'StateWrites',
  stateLists: 'StateLists',
} as const;

export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** Of Milliseconds each value is kept; of the others, the sum over an invocation. */
export const METRIC_UNITS: Readonly<Record<MetricName, 'Count' | 'Bytes' | 'Milliseconds'>> = {
  SourceRows: 'Count',
  SourceFreshness: 'Milliseconds',
  SourceFenceWait: 'Milliseconds',
  SourceRetries: 'Count',
  SourceStopped: 'Count',
  ProcessorRecords: 'Count',
  ProcessorLag: 'Milliseconds',
  SinkRecords: 'Count',
  SinkLag: 'Milliseconds',
  SinkFiles: 'Count',
  SinkBytes: 'Bytes',
  SinkFreshness: 'Milliseconds',
  SinkStopped: 'Count',
  SinkOpenRecords: 'Count',
  SinkDeadLetters: 'Count',
  SinkSkipped: 'Count',
  SinkGapRecords: 'Count',
  StateReads: 'Count',
  StateWrites: 'Count',
  StateLists: 'Count',
};
