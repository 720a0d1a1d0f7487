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
