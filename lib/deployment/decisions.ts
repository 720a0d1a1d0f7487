// What a deployment makes and what it uses: decided from the connector files and the settings, before there is a stack.
import type { ConnectorConfig, KafkaConfig, PipelineConfig, SinkConfig, SourceConfig } from '../../src/config/model';
import type { Fault } from '../../src/config/report';
import { hostOf, isToBeMade } from './address';
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
    };

export type DatabaseDecision =
  | { readonly kind: 'make'; readonly engine: 'aurora' | 'rds'; readonly database: string }
  | { readonly kind: 'use'; readonly host: string; readonly port: number };

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

export interface Decided {
  readonly decisions: Decisions;
  readonly faults: readonly Fault[];
}

/** `workerFile` and `fileOf` (by connector) name the files in faults. */
export function decide(
  { worker, connectors }: PipelineConfig,
  settings: Settings,
  workerFile: string,
  fileOf: (connector: ConnectorConfig) => string,
): Decided {
  const sources = connectors.filter((connector) => connector.kind === 'source');
  const sinks = connectors.filter((connector) => connector.kind === 'sink');
  const decisions: Decisions = {
    cluster: decideCluster(worker.kafka, settings),
    registry: decideRegistry(worker.valueRegistry.url),
    state: decideState(worker.stateUrl),
    databases: new Map(sources.map((source) => [source.name, decideDatabase(source, settings)])),
    dataBuckets: new Map(sinks.map((sink) => [sink.name, decideDataBucket(sink)])),
  };
  const faults = [
    ...clusterFaults(worker.kafka, settings, workerFile),
    ...databaseFaults(sources, settings, fileOf),
    ...registryFaults(decisions.registry, settings, workerFile),
    ...endpointFaults(sinks, fileOf),
  ];
  return { decisions, faults };
}

function decideCluster(kafka: KafkaConfig, { cluster }: Settings): ClusterDecision {
  const { arn, securityGroupId = '', type } = cluster;
  if (arn === undefined) return { kind: 'make', type };
  if (kafka.brokers.every((broker) => isToBeMade(hostOf(broker)))) {
    return { kind: 'use', arn, securityGroupId, authentication: 'iam' };
  }
  return { kind: 'use', arn, securityGroupId, brokers: kafka.brokers, authentication: authenticationOf(kafka) };
}

function authenticationOf({ sasl }: KafkaConfig): Authentication {
  if (sasl === undefined) return 'none';
  return sasl.mechanism === 'AWS_MSK_IAM' ? 'iam' : 'scram';
}

function decideRegistry(url: string): RegistryDecision {
  return /^https?:/.test(url) && !isToBeMade(hostOf(url)) ? { kind: 'use', url } : { kind: 'make' };
}

function decideState(url: string): BucketDecision {
  const [, name, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(url) ?? [];
  return name === undefined || isToBeMade(name) ? { kind: 'make' } : { kind: 'use', name, prefix };
}

function decideDatabase({ postgres }: SourceConfig, { database: { engine } }: Settings): DatabaseDecision {
  const { host, port, database } = postgres;
  return isToBeMade(host) ? { kind: 'make', engine, database } : { kind: 'use', host, port };
}

function decideDataBucket({ bucket, topicsDir }: SinkConfig): BucketDecision {
  return isToBeMade(bucket) ? { kind: 'make' } : { kind: 'use', name: bucket, prefix: topicsDir };
}

function clusterFaults(kafka: KafkaConfig, { cluster }: Settings, file: string): Fault[] {
  const made = kafka.brokers.filter((broker) => isToBeMade(hostOf(broker)));
  const place = { file, property: 'bootstrap.servers' };
  if (made.length > 0 && made.length < kafka.brokers.length) {
    const what = `names ${made[0]} beside brokers that exist`;
    return [{ ...place, what, write: 'name only brokers that exist, or none of them' }];
  }
  if (made.length === 0 && cluster.arn === undefined) {
    const what = 'names brokers that exist, and a trigger reads them by the ARN of their MSK cluster';
    const write = 'add connectless.cluster.arn to cdk.json, or write localhost:9092 to have a cluster made';
    return [{ ...place, what, write }];
  }
  return scramFaults(kafka, file);
}

/** The trigger reads the very secret that the worker's login is taken from. */
function scramFaults({ sasl }: KafkaConfig, file: string): Fault[] {
  if (sasl === undefined || sasl.mechanism === 'AWS_MSK_IAM') return [];
  const place = { file, property: 'sasl.mechanism' };
  if (sasl.mechanism !== 'SCRAM-SHA-512') {
    const what = `${sasl.mechanism} is no mechanism of MSK`;
    return [{ ...place, what, write: 'write SCRAM-SHA-512, or AWS_MSK_IAM' }];
  }
  return [];
}

function databaseFaults(
  sources: readonly SourceConfig[],
  { database }: Settings,
  fileOf: (connector: ConnectorConfig) => string,
): Fault[] {
  const made = sources.filter(({ postgres }) => isToBeMade(postgres.host));
  const names = [...new Set(made.map(({ postgres }) => postgres.database))].filter((name) => name !== 'postgres');
  const [first, ...others] = names;
  const several = made
    .filter(({ postgres }) => others.includes(postgres.database))
    .map((source) => ({
      file: fileOf(source),
      property: 'connection.url',
      what: `asks for a database ${source.postgres.database} beside ${first}, and one is made`,
      write: 'name the same database, or the host of one that exists',
    }));
  const withoutId = sources
    .filter(({ postgres }) => !isToBeMade(postgres.host) && postgres.iam !== undefined)
    .filter(() => database.resourceId === undefined)
    .map((source) => ({
      file: fileOf(source),
      property: 'connection.url',
      what: 'asks for IAM authentication, which is granted by the resource id of the database',
      write: 'add connectless.database.resource.id (cluster-… or db-…) to cdk.json',
    }));
  return [...several, ...withoutId];
}

function registryFaults(registry: RegistryDecision, { vpc }: Settings, file: string): Fault[] {
  if (registry.kind === 'make' || vpc !== undefined) return [];
  const property = 'value.converter.schema.registry.url';
  const what = 'names a registry that exists, and the VPC that is made has no way out to it';
  return [{ file, property, what, write: 'name its VPC as connectless.vpc.id in cdk.json' }];
}

function endpointFaults(sinks: readonly SinkConfig[], fileOf: (connector: ConnectorConfig) => string): Fault[] {
  return sinks
    .filter(({ s3 }) => s3.endpoint !== undefined && !isToBeMade(hostOf(s3.endpoint)))
    .map((sink) => ({
      file: fileOf(sink),
      property: 'store.url',
      what: "names an S3 other than Amazon's, which no role gives access to",
      write: 'delete the line',
    }));
}
