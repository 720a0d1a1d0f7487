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
} as const;

/** Beside a deployed bundle. */
export const FILES = {
  worker: 'worker.properties',
  connector: 'connector.properties',
  /** Amazon's certificate authorities for RDS and Aurora, in PEM. */
  databaseCertificates: 'amazon-rds-ca.pem',
} as const;

/** What a sink's schedule sends in place of records: close what is due. */
export const FLUSH_EVENT = { connectless: 'flush' } as const;

/** CloudWatch namespace of what the functions measure; every metric has the one dimension `connector`. */
export const METRICS_NAMESPACE = 'Connectless';
export const METRICS_DIMENSION = 'connector';

/** By the vocabulary: source, processor, sink; unit in the comment. */
export const METRICS = {
  /** Rows that are in the topic. Count. */
  sourceRows: 'SourceRows',
  /** From the end of the poll before to the acknowledgement: how long ago the page's first row can have been committed. Milliseconds. */
  sourceFreshness: 'SourceFreshness',
  /** Time spent waiting for open transactions. Milliseconds. */
  sourceFenceWait: 'SourceFenceWait',
  /** Failures that were tried again. Count. */
  sourceRetries: 'SourceRetries',
  /** Records that are in the output topic. Count. */
  processorRecords: 'ProcessorRecords',
  /** Age of the event's oldest record. Milliseconds. */
  processorLag: 'ProcessorLag',
  /** Records taken into open files. Count. */
  sinkRecords: 'SinkRecords',
  /** Age of the event's oldest record. Milliseconds. */
  sinkLag: 'SinkLag',
  /** Files that are in the bucket. Count. */
  sinkFiles: 'SinkFiles',
  /** Bytes of those files. Bytes. */
  sinkBytes: 'SinkBytes',
  /** Age of a file's first record when the file is in the bucket. Milliseconds. */
  sinkFreshness: 'SinkFreshness',
  /** Partitions that a record or a stranger's file has stopped. Count. */
  sinkStopped: 'SinkStopped',
  /** Records in open files, said by the flush schedule. Count. */
  sinkOpenRecords: 'SinkOpenRecords',
  /** Requests to the state store, the larger part of a quiet pipeline's cost. Count. */
  stateReads: 'StateReads',
  stateWrites: 'StateWrites',
} as const;
