// The tutorial's deployment with a property or a setting changed: what docs/cost.md compares.
import type { Deployment } from '../lib/cost/sheet';
import type { Settings } from '../lib/deployment/settings';
import type { ProcessorConfig } from '../src/config/model';
import type { ConnectorConfig } from '../src/config/pipeline-model';
import type { SinkConfig } from '../src/config/sink-model';
import type { SourceConfig } from '../src/config/source-model';

export interface Variant {
  /** As it is written in a file or in cdk.json. */
  readonly what: string;
  readonly of: (deployment: Deployment) => Deployment;
}

const LARGE_FILES = 10_000;
const MINUTE_MS = 60_000;

/** The table's: files of three records would be its largest part at the larger loads. */
export const withLargeFiles: Variant['of'] = sinks({ flushSize: LARGE_FILES });

const everyMinute: Variant['of'] = sources({ pollIntervalMs: MINUTE_MS });
const longWindow: Variant['of'] = readers((trigger) => ({ ...trigger, batchWindowMs: MINUTE_MS }));
const lessMemory: Variant['of'] = connectors((connector) => ({
  ...connector,
  deployment: { ...connector.deployment, memoryMb: 256 },
}));
const twoZones: Variant['of'] = settings({ zones: 2 });

export const VARIANTS: readonly Variant[] = [
  { what: 'as in the table above', of: (deployment) => deployment },
  { what: '`poll.interval.ms=60000`', of: everyMinute },
  { what: '`connectless.function.memory.mb=256`, in every file', of: lessMemory },
  { what: '`connectless.zones=2`', of: twoZones },
  {
    what: 'an existing VPC with a way to Lambda and STS',
    of: settings({ vpc: { id: '', availabilityZones: [], subnetIds: ['', '', ''] } }),
  },
  {
    what: '`connectless.trigger.pollers=1`, in every file with topics',
    of: readers((trigger) => ({ ...trigger, pollers: { min: 1, max: 1 } })),
  },
  { what: '`connectless.trigger.batch.window.ms=60000`, in every file with topics', of: longWindow },
  { what: '`topic.creation.default.partitions=6`, of both topics', of: sixPartitions },
  { what: '`connection.url=jdbc:aws-dataapi://<cluster>/postgres`', of: throughDataApi },
  { what: '`flush.size=3`', of: sinks({ flushSize: 3 }) },
  {
    what: 'the first three together, and the long batch window',
    of: (deployment) =>
      [everyMinute, lessMemory, twoZones, longWindow].reduce((changed, change) => change(changed), deployment),
  },
];

/** Brokers that a deployment can make, by cdk.json. */
export const BROKERS: readonly Variant[] = [
  { what: '3 × `kafka.m7g.large`, the default', of: (deployment) => deployment },
  { what: '2 × `kafka.m7g.large`: `connectless.zones=2`', of: twoZones },
  {
    what: '2 × `kafka.t3.small`: `connectless.zones=2`, `connectless.cluster.instance.type=kafka.t3.small`',
    of: (deployment) => cluster({ instanceType: 'kafka.t3.small' })(twoZones(deployment)),
  },
  { what: '`connectless.cluster.type=serverless`', of: cluster({ type: 'serverless' }) },
];

function cluster(change: Partial<Settings['cluster']>): Variant['of'] {
  return (deployment) => settings({ cluster: { ...deployment.settings.cluster, ...change } })(deployment);
}

function settings(change: Partial<Settings>): Variant['of'] {
  return (deployment) => ({ ...deployment, settings: { ...deployment.settings, ...change } });
}

function connectors(change: (connector: ConnectorConfig) => ConnectorConfig): Variant['of'] {
  return ({ pipeline, ...rest }) => ({
    ...rest,
    pipeline: { ...pipeline, connectors: pipeline.connectors.map(change) },
  });
}

function sources(change: Partial<SourceConfig>): Variant['of'] {
  return connectors((connector) => (connector.kind === 'source' ? { ...connector, ...change } : connector));
}

function throughDataApi(deployment: Deployment): Deployment {
  const database = { clusterArn: '<cluster>', secretArn: '<secret>', database: 'postgres' };
  const made = { kind: 'make', engine: 'aurora', database: database.database, through: 'data-api' } as const;
  const changed = sources({ database })(deployment);
  const { decisions } = changed;
  const databases = new Map([...decisions.databases.keys()].map((name) => [name, made] as const));
  return { ...changed, decisions: { ...decisions, databases } };
}

function sinks(change: Partial<SinkConfig>): Variant['of'] {
  return connectors((connector) => (connector.kind === 'sink' ? { ...connector, ...change } : connector));
}

type Trigger = ProcessorConfig['trigger'];

function readers(change: (trigger: Trigger) => Trigger): Variant['of'] {
  return connectors((connector) =>
    connector.kind === 'source' ? connector : { ...connector, trigger: change(connector.trigger) },
  );
}

function sixPartitions(deployment: Deployment): Deployment {
  return connectors((connector) =>
    connector.kind === 'sink' ? connector : { ...connector, topicCreation: { partitions: 6 } },
  )(deployment);
}
