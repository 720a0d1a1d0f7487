// The demo's registry, and the tutorial's connector files with this run's addresses.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectlessError } from '../../src/errors';
import { projectRoot } from '../servers/parts';
import { copyWith, type Overrides } from './connector-files';

export interface Addresses {
  /** `postgresql://user:password@host:port/database` */
  readonly postgresUrl: string;
  readonly kafkaBrokers: string;
  readonly s3Endpoint: string;
  readonly registryUrl: string;
}

/** Starts `connectless schema-registry` where the URL says, and resolves when it answers. */
export async function startRegistry(url: string, workerFile: string): Promise<{ stop(): Promise<void> }> {
  const command = [join(projectRoot, 'bin', 'connectless.cjs'), 'schema-registry', '--port', new URL(url).port];
  const child = spawn(process.execPath, [...command, '--worker', workerFile], { stdio: 'ignore' });
  await answering(url, child);
  return {
    async stop() {
      if (child.exitCode !== null || !child.kill('SIGTERM')) return;
      await once(child, 'exit');
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) break;
    if (
      await fetch(`${url}/subjects`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new ConnectlessError(
    'DEMO_REGISTRY',
    `The registry did not answer at ${url}: run \`npx connectless schema-registry\` to see why.`,
  );
}

/** Paths of the copies. */
export interface Files {
  readonly worker: string;
  readonly connectors: readonly string[];
}

/** Copies of the tutorial's files into the directory, where the worker's state, too, will stay. */
export async function demoFiles(directory: string, addresses: Addresses): Promise<Files> {
  const { postgresUrl, kafkaBrokers, s3Endpoint, registryUrl } = addresses;
  const copy = (name: string, overrides: Overrides) =>
    copyWith(join(projectRoot, 'connectors', name), directory, overrides);
  const worker = await copy('worker.properties', {
    'bootstrap.servers': kafkaBrokers,
    'offset.storage.file.filename': join(directory, 'connect.offsets'),
    'key.converter.schema.registry.url': registryUrl,
    'value.converter.schema.registry.url': registryUrl,
  });
  const connectors = await Promise.all([
    copy('connect-postgresql.properties', { 'connection.url': jdbcUrl(postgresUrl) }),
    copy('processor.properties', {}),
    copy('s3-sink.properties', { 'store.url': s3Endpoint }),
  ]);
  return { worker, connectors };
}

function jdbcUrl(postgresUrl: string): string {
  const { host, pathname, username, password } = new URL(postgresUrl);
  return `jdbc:postgresql://${host}${pathname}?user=${username}&password=${password}`;
}
