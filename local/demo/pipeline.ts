// The demo's registry, and the tutorial's connector files with this run's addresses.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../servers/parts';
import type { Server } from '../servers/server';
import { startServerProcess } from '../servers/server-process';
import { copyWith, type Overrides } from './connector-files';

export interface Addresses {
  /** `postgresql://user:password@host:port/database` */
  readonly postgresUrl: string;
  readonly kafkaBrokers: string;
  readonly s3Endpoint: string;
  readonly registryUrl: string;
}

/** `connectless schema-registry` at this URL, with the worker's state. */
export async function startRegistry(url: string, workerFile: string): Promise<Server> {
  const { hostname, port } = new URL(url);
  const command = [join(projectRoot, 'bin', 'connectless.cjs'), 'schema-registry', '--host', hostname, '--port', port];
  return startServerProcess({
    name: 'Registry',
    url,
    command: process.execPath,
    args: [...command, '--worker', workerFile],
    env: process.env,
    directory: await mkdtemp(join(tmpdir(), 'connectless-registry-')),
    isReady: async () => (await fetch(`${url}/subjects`)).ok,
  });
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
    copy('s3-sink.properties', { 's3.bucket.name': 'connectless-prices', 'store.url': s3Endpoint }),
  ]);
  return { worker, connectors };
}

function jdbcUrl(postgresUrl: string): string {
  const { host, pathname, username, password } = new URL(postgresUrl);
  return `jdbc:postgresql://${host}${pathname}?user=${username}&password=${password}`;
}
