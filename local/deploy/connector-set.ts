// The tutorial's connector files for an AWS where everything exists already: brokers, database and buckets are named.
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { copyWith, type Overrides } from '../demo/connector-files';
import { projectRoot } from '../servers/parts';
import type { Cloud } from './cloud';

/** What one run has for itself. */
export interface Site {
  /** Folder of the connector files, within the project: cdk.json names it from there. */
  readonly connectors: string;
  /** Before the names of topics, and of stacks and functions. */
  readonly run: string;
  readonly stateBucket: string;
  /** Before the state's keys. */
  readonly statePrefix: string;
  readonly filesBucket: string;
  /** Name of the secret with the database's password. */
  readonly secret: string;
}

export interface Sinks {
  /** `flush.size` of s3-sink. */
  readonly flushSize: number;
  /** Of a second sink, archive, that stores the same topic under another directory; absent: there is none. */
  readonly archiveFlushSize?: number;
}

const topicsOf = ({ run }: Site) => ({ in: `${run}-in-prices`, out: `${run}-out-prices` }) as const;

/**
 * `localhost` and `127.0.0.1` ask a deployment to make what they name, so this machine goes by its other name: every resolver takes
 * 127.1 for 127.0.0.1.
 */
function asExisting(hostAndPort: string): string {
  return hostAndPort.replace(/\b(127\.0\.0\.1|localhost)\b/g, '127.1');
}

/** Writes the files; a sink that is not wanted has none afterwards. */
export async function writeConnectors(site: Site, cloud: Cloud, sinks: Sinks): Promise<void> {
  const topics = topicsOf(site);
  const copy = (name: string, overrides: Overrides) =>
    copyWith(join(projectRoot, 'connectors', name), site.connectors, overrides);
  const files = { topics: topics.out, 's3.bucket.name': site.filesBucket };
  const { host, pathname, username } = new URL(cloud.postgresUrl);
  await rm(site.connectors, { recursive: true, force: true });
  await copy('worker.properties', {
    'bootstrap.servers': asExisting(cloud.kafkaBrokers),
    'connectless.state.url': `s3://${site.stateBucket}/${site.statePrefix}`,
  });
  await copy('connect-postgresql.properties', {
    'connection.url': `jdbc:postgresql://${asExisting(host)}${pathname}`,
    'connection.user': username,
    'connection.password': `\${secretsmanager:${site.secret}:password}`,
    'topic.prefix': `${site.run}-in-`,
    // The schedule's own minute: an invocation polls once and ends.
    'poll.interval.ms': '60000',
  });
  await copy('processor.properties', { topics: topics.in, 'connectless.output.topic': topics.out });
  if (sinks.archiveFlushSize !== undefined) {
    const archive = { name: 'archive', 'topics.dir': 'archive', 'flush.size': String(sinks.archiveFlushSize) };
    await copyWith(
      join(projectRoot, 'connectors', 's3-sink.properties'),
      site.connectors,
      { ...files, ...archive },
      'archive.properties',
    );
  }
  await copy('s3-sink.properties', { ...files, 'flush.size': String(sinks.flushSize) });
}

/** The context of cdk.json that says that everything exists. MiniStack takes the ids of network and cluster on trust. */
export function contextOf({ connectors, run }: Site): Readonly<Record<string, string>> {
  return {
    'connectless.connectors': relative(projectRoot, connectors),
    'connectless.name': run,
    'connectless.vpc.id': 'vpc-0123456789abcdef0',
    'connectless.vpc.availability.zones': 'us-east-1a,us-east-1b',
    'connectless.vpc.subnet.ids': 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
    'connectless.vpc.s3.prefix.list.id': 'pl-0123456789abcdef0',
    'connectless.cluster.arn':
      'arn:aws:kafka:us-east-1:000000000000:cluster/local/00000000-0000-0000-0000-000000000000-1',
    'connectless.cluster.security.group.id': 'sg-0123456789abcdef0',
  };
}
