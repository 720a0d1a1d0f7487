// What a synthesis says: what it makes, what it uses, and how large the functions are.
import { noteLine } from '../../src/config/report';
import { type BucketDecision, type ClusterDecision, type DatabaseDecision, makesDatabase } from './decisions';
import type { Plan } from './plan';

export function planLines(plan: Plan): readonly string[] {
  const { decisions, settings, connectors, topics, notes } = plan;
  const list = (items: readonly string[]) => (items.length === 0 ? 'none' : items.join(', '));
  return [
    ...notes.map((note) => `note: ${noteLine(note)}`),
    line('VPC', settings.vpc === undefined ? `makes one, ${settings.zones} zones` : `uses ${settings.vpc.id}`),
    line('MSK cluster', clusterLine(decisions.cluster)),
    ...[...decisions.databases].map(([name, database]) => line(`database of ${name}`, databaseLine(database))),
    ...(decisions.databases.size === 0 && makesDatabase(decisions)
      ? [line('database', `${engineLine(settings.database.engine)}, which stays without a source`)]
      : []),
    line(
      'registry',
      decisions.registry.kind === 'make' ? 'makes one' : `uses ${new URL(decisions.registry.url).origin}`,
    ),
    line('state bucket', bucketLine(decisions.state)),
    ...[...decisions.dataBuckets].map(([name, bucket]) => line(`bucket of ${name}`, bucketLine(bucket))),
    line('topics', list(topics.map(({ topic }) => topic))),
    ...connectors.map(({ config, function: { functionName, memoryMb } }) =>
      line(
        `${config.kind} ${config.name}`,
        `function ${functionName}, ${memoryMb} MB of memory, ${size(plan, config.kind)}`,
      ),
    ),
  ];
}

function line(what: string, says: string): string {
  return `${what.padEnd(28)} ${says}`;
}

function clusterLine(cluster: ClusterDecision): string {
  return cluster.kind === 'make' ? `makes one, ${cluster.type}` : `uses ${cluster.arn}`;
}

function databaseLine(database: DatabaseDecision): string {
  if (database.kind === 'use') return `uses ${database.host}:${database.port}`;
  return engineLine(database.engine);
}

function engineLine(engine: 'aurora' | 'rds'): string {
  return engine === 'aurora' ? 'makes Aurora PostgreSQL Serverless v2' : 'makes RDS for PostgreSQL';
}

function bucketLine(bucket: BucketDecision): string {
  return bucket.kind === 'make' ? 'makes one' : `uses ${bucket.name}`;
}

function size({ bundles }: Plan, kind: Plan['connectors'][number]['config']['kind']): string {
  const { bytes, gzipBytes } = bundles[kind];
  return `${kilobytes(bytes)} of code, ${kilobytes(gzipBytes)} compressed`;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}
