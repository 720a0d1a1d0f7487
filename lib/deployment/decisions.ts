// What a deployment makes and what it uses: decided from the connector files and the settings, before there is a stack.
import type { KafkaConfig } from '../../src/config/model';
import type { PipelineConfig } from '../../src/config/pipeline-model';
import type { PropertiesFile } from '../../src/config/properties';
import type { SinkConfig } from '../../src/config/sink-model';
import type { SourceConfig } from '../../src/config/source-model';
import { hostOf, isToBeMade } from './address';
import { scramSecretOf } from './secrets';
import type { Settings } from './settings';

/** How clients prove who they are to the brokers. */
export type Authentication = 'iam' | 'scram' | 'none';

export type ClusterDecision =
  | { readonly kind: 'make'; readonly type: 'provisioned' | 'serverless' }
  | {
      readonly kind: 'use';
      readonly arn: string;
      readonly securityGroupId: string;
      /** Absent: asked for at deployment, for IAM. */
      readonly brokers?: readonly string[];
      readonly authentication: Authentication;
      /** ARN of the secret that the worker's login is taken from, for `scram`. */
      readonly scramSecretArn?: string;
    };

export type DatabaseDecision =
  | {
      readonly kind: 'make';
      readonly engine: 'aurora' | 'rds';
      readonly database: string;
      readonly through: 'postgres' | 'data-api';
    }
  | { readonly kind: 'use'; readonly host: string; readonly port: number }
  /** Aurora, through the Data API. */
  | { readonly kind: 'use'; readonly clusterArn: string };

export type RegistryDecision =
  /** Behind an HTTP API; its log in the state. */
  | { readonly kind: 'make' }
  /** Confluent-compatible, somebody else's. */
  | { readonly kind: 'use'; readonly url: string };

/** A bucket, with the prefix that its address has. */
export type BucketDecision =
  | { readonly kind: 'make' }
  | { readonly kind: 'use'; readonly name: string; readonly prefix: string };

export interface Decisions {
  readonly cluster: ClusterDecision;
  readonly registry: RegistryDecision;
  readonly state: BucketDecision;
  /** By the source's name. */
  readonly databases: ReadonlyMap<string, DatabaseDecision>;
  /** By the sink's name. */
  readonly dataBuckets: ReadonlyMap<string, BucketDecision>;
}

/** `file`: the worker's. */
export function decide({ worker, connectors }: PipelineConfig, settings: Settings, file: PropertiesFile): Decisions {
  const sources = connectors.filter((connector) => connector.kind === 'source');
  const sinks = connectors.filter((connector) => connector.kind === 'sink');
  return {
    cluster: decideCluster(worker.kafka, settings, file),
    registry: decideRegistry(worker.valueRegistry.url),
    state: decideBucket(worker.stateUrl),
    databases: new Map(sources.map((source) => [source.name, decideDatabase(source, settings)])),
    dataBuckets: new Map(sinks.map((sink) => [sink.name, decideDataBucket(sink)])),
  };
}

/**
 * For a source that asks for it; and beside a cluster that is made where there is no source: the removal of the last source must not take
 * the rows away.
 */
export function makesDatabase({ cluster, databases }: Pick<Decisions, 'cluster' | 'databases'>): boolean {
  if (databases.size === 0) return cluster.kind === 'make';
  return [...databases.values()].some(({ kind }) => kind === 'make');
}

/** Names of the databases that the Data API makes ready; RDS has none. */
export function bootstrappedDatabases({ databases }: Pick<Decisions, 'databases'>): readonly string[] {
  const names = [...databases.values()].flatMap((one) =>
    one.kind === 'make' && one.engine === 'aurora' ? [one.database] : [],
  );
  return [...new Set(names)].sort();
}

export function callsDataApi(decision: DatabaseDecision): boolean {
  return decision.kind === 'make' ? decision.through === 'data-api' : 'clusterArn' in decision;
}

/** Whether its source's user is there at deployment: on an RDS instance that is made, its administrator makes it afterwards. */
export function hasItsUser(decision: DatabaseDecision): boolean {
  return decision.kind === 'use' || decision.engine === 'aurora';
}

/** Of these, the names of those that sources read through the Data API. */
export function dataApiDatabases({ databases }: Pick<Decisions, 'databases'>): readonly string[] {
  const names = [...databases.values()].flatMap((one) =>
    one.kind === 'make' && one.through === 'data-api' ? [one.database] : [],
  );
  return [...new Set(names)].sort();
}

export function authenticationOf(cluster: ClusterDecision): Authentication {
  return cluster.kind === 'make' ? 'iam' : cluster.authentication;
}

function decideCluster(kafka: KafkaConfig, { cluster }: Settings, file: PropertiesFile): ClusterDecision {
  const { arn, securityGroupId = '', type } = cluster;
  if (arn === undefined) return { kind: 'make', type };
  if (kafka.brokers.every((broker) => isToBeMade(hostOf(broker)))) {
    return { kind: 'use', arn, securityGroupId, authentication: 'iam' };
  }
  const scramSecretArn = scramSecretOf(file);
  return {
    kind: 'use',
    arn,
    securityGroupId,
    brokers: kafka.brokers,
    authentication: loginOf(kafka),
    ...(scramSecretArn === undefined ? {} : { scramSecretArn }),
  };
}

function loginOf({ sasl }: KafkaConfig): Authentication {
  if (sasl === undefined) return 'none';
  return sasl.mechanism === 'AWS_MSK_IAM' ? 'iam' : 'scram';
}

/** By its URL: the built-in one wherever it is not somebody else's by HTTP. */
export function decideRegistry(url: string): RegistryDecision {
  return /^https?:/.test(url) && !isToBeMade(hostOf(url)) ? { kind: 'use', url } : { kind: 'make' };
}

/** Of `s3://bucket/prefix`. */
export function decideBucket(url: string): BucketDecision {
  const [, name, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(url) ?? [];
  return name === undefined || isToBeMade(name) ? { kind: 'make' } : { kind: 'use', name, prefix };
}

function decideDatabase({ database }: SourceConfig, { database: { engine } }: Settings): DatabaseDecision {
  const made = { kind: 'make', engine, database: database.database } as const;
  if ('clusterArn' in database) {
    const { clusterArn } = database;
    return isToBeMade(clusterArn) ? { ...made, through: 'data-api' } : { kind: 'use', clusterArn };
  }
  const { host, port } = database;
  return isToBeMade(host) ? { ...made, through: 'postgres' } : { kind: 'use', host, port };
}

function decideDataBucket({ bucket, topicsDir }: SinkConfig): BucketDecision {
  return isToBeMade(bucket) ? { kind: 'make' } : { kind: 'use', name: bucket, prefix: topicsDir };
}
