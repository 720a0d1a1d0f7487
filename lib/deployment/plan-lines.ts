// What a synthesis says: what it makes, what it uses, and how large the functions are.

import { noteLine } from '../../src/config/report';
import type { LambdaName } from '../bundling';
import {
  type BucketDecision,
  bootstrappedDatabases,
  type ClusterDecision,
  type DatabaseDecision,
  dataApiDatabases,
  hasItsUser,
  makesDatabase,
} from './decisions';
import type { Plan } from './plan';
import type { PlannedFunction } from './planned';
import { bundleOf, type OwnFunction } from './planned-functions';

export function planLines(plan: Plan): readonly string[] {
  const { decisions, settings, connectors, topics, notes } = plan;
  const { cluster, databases, registry, state, dataBuckets } = decisions;
  const topicNames = topics.map(({ topic }) => topic).join(', ');
  return [
    ...notes.map((note) => `note: ${noteLine(note)}`),
    ...aligned([
      ['VPC', settings.vpc === undefined ? `makes one, ${settings.zones} zones` : `uses ${settings.vpc.id}`],
      ['MSK cluster', clusterLine(cluster)],
      ...[...databases].map(([name, database]): Line => [`database of ${name}`, databaseLine(database)]),
      ...keptDatabase(plan),
      ['registry', registry.kind === 'make' ? 'makes one' : `uses ${new URL(registry.url).origin}`],
      ['state bucket', bucketLine(state)],
      ...[...dataBuckets].map(([name, bucket]): Line => [`bucket of ${name}`, bucketLine(bucket)]),
      ['topics', topicNames === '' ? 'none' : topicNames],
      ...connectors.map(({ config, function: planned }): Line => {
        return [`${config.kind} ${config.name}`, functionLine(plan, config.kind, planned)];
      }),
      ...ownFunctions(plan).map((name): Line => [name, functionLine(plan, bundleOf(name), plan.functions[name])]),
    ]),
  ];
}

function ownFunctions({ decisions, topics }: Plan): readonly OwnFunction[] {
  return [
    ...(decisions.registry.kind === 'make' ? (['registry'] as const) : []),
    ...(topics.length > 0 ? (['topics'] as const) : []),
    ...(bootstrappedDatabases(decisions).length > 0 ? (['bootstrap'] as const) : []),
    ...(dataApiDatabases(decisions).length > 0 ? (['data-api-user'] as const) : []),
    ...([...decisions.databases.values()].some(hasItsUser) ? (['preflight'] as const) : []),
  ];
}

function functionLine({ bundles }: Plan, lambda: LambdaName, { functionName, memoryMb }: PlannedFunction): string {
  const { bytes, gzipBytes } = bundles[lambda];
  const code = `${kilobytes(bytes)} of code, ${kilobytes(gzipBytes)} compressed`;
  return `function ${functionName}, ${memoryMb} MB of memory, ${code}`;
}

type Line = readonly [what: string, says: string];

function aligned(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(([what]) => what.length));
  return lines.map(([what, says]) => `${what.padEnd(width)}  ${says}`);
}

function keptDatabase({ decisions, settings }: Plan): readonly Line[] {
  if (decisions.databases.size > 0 || !makesDatabase(decisions)) return [];
  return [['database', `${engineLine(settings.database.engine)}, which stays without a source`]];
}

function clusterLine(cluster: ClusterDecision): string {
  return cluster.kind === 'make' ? `makes one, ${cluster.type}` : `uses ${cluster.arn}`;
}

const DATA_API = ', through the Data API';

function databaseLine(database: DatabaseDecision): string {
  if (database.kind === 'make')
    return `${engineLine(database.engine)}${database.through === 'data-api' ? DATA_API : ''}`;
  return 'clusterArn' in database ? `uses ${database.clusterArn}${DATA_API}` : `uses ${database.host}:${database.port}`;
}

function engineLine(engine: 'aurora' | 'rds'): string {
  return engine === 'aurora' ? 'makes Aurora PostgreSQL Serverless v2' : 'makes RDS for PostgreSQL';
}

function bucketLine(bucket: BucketDecision): string {
  return bucket.kind === 'make' ? 'makes one' : `uses ${bucket.name}`;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}
