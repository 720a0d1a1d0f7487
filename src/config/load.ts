// Reads the files of a pipeline and answers their configuration, or throws all their faults as one error.
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ConnectlessError, messageOf } from '../errors';
import { declaredProviders, envProvider, type Provider, type Providers, resolveReferences } from './config-providers';
import type { ConnectorConfig, PipelineConfig, WorkerConfig } from './model';
import { type PropertiesFile, parseProperties, unreadable } from './properties';
import { report } from './report';
import { type Validation, validatePipeline, validateWorker } from './validate';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The worker's file and the connectors' files, as `connect-standalone` takes them; the worker's file may be among the
 * connectors' (`connectors/*.properties`).
 */
export async function loadPipeline(
  workerFile: string,
  connectorFiles: readonly string[],
  env: Env = process.env,
): Promise<PipelineConfig> {
  return configOf(await validateFiles(workerFile, connectorFiles, env));
}

/**
 * What a lambda needs: the files that `CONNECTLESS_WORKER` and `CONNECTLESS_CONNECTOR` name. Throws CONFIG_INVALID for faults,
 * and for a connector of another kind.
 */
export async function loadConnector<Kind extends ConnectorConfig['kind']>(
  kind: Kind,
  env: Env = process.env,
): Promise<{ worker: WorkerConfig; connector: Extract<ConnectorConfig, { kind: Kind }> }> {
  const { worker, connectors } = await loadPipeline(
    fromEnv(env, 'CONNECTLESS_WORKER'),
    [fromEnv(env, 'CONNECTLESS_CONNECTOR')],
    env,
  );
  const [connector] = connectors;
  if (connector === undefined) {
    throw new ConnectlessError('CONFIG_INVALID', "CONNECTLESS_CONNECTOR names the worker's file: name a connector's.");
  }
  if (isOfKind(connector, kind)) return { worker, connector };
  throw new ConnectlessError('CONFIG_INVALID', `CONNECTLESS_CONNECTOR names ${connector.name}, which is no ${kind}.`);
}

function isOfKind<Kind extends ConnectorConfig['kind']>(
  connector: ConnectorConfig,
  kind: Kind,
): connector is Extract<ConnectorConfig, { kind: Kind }> {
  return connector.kind === kind;
}

/** The file that `CONNECTLESS_WORKER` names. */
export async function loadWorker(env: Env = process.env): Promise<WorkerConfig> {
  const file = read(fromEnv(env, 'CONNECTLESS_WORKER'));
  return configOf(validateWorker(resolveReferences(file, declaredProviders(file), providersOf(env))));
}

/** The validation itself, for those who want its notes, too. */
export async function validateFiles(
  workerFile: string,
  connectorFiles: readonly string[],
  env: Env = process.env,
): Promise<Validation<PipelineConfig>> {
  const worker = read(workerFile);
  const others = connectorFiles.filter((file) => resolve(file) !== resolve(workerFile)).map(read);
  const names = declaredProviders(worker);
  const providers = providersOf(env);
  const resolved = (file: PropertiesFile) => resolveReferences(file, names, providers);
  return validatePipeline(resolved(worker), others.map(resolved));
}

function configOf<Config>({ config, faults }: Validation<Config>): Config {
  if (config === undefined) throw new ConnectlessError('CONFIG_INVALID', report(faults));
  return config;
}

function fromEnv(env: Env, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new ConnectlessError('CONFIG_INVALID', `The environment variable ${name} is not set: give it a file's path.`);
}

function read(path: string): PropertiesFile {
  const file = relative('', path).startsWith('..') ? path : relative('', path);
  if (!existsSync(path)) {
    return unreadable({ file, what: 'does not exist', write: 'write the path of a .properties file' });
  }
  try {
    return parseProperties(file, readFileSync(path));
  } catch (error) {
    const what = `cannot be read (${messageOf(error)})`;
    return unreadable({ file, what, write: 'write the path of a .properties file that you may read' });
  }
}

function providersOf(env: Env): Providers {
  return { env: envProvider(env), file: fileProvider() };
}

/** Kafka's FileConfigProvider: a property of another properties file. Each file is read once. */
function fileProvider(): Provider {
  const files = new Map<string, PropertiesFile>();
  return (path, key) => {
    const file = files.get(path) ?? read(path);
    files.set(path, file);
    if (path === '' || file.unreadable) {
      const what = `refers to a file "${path}" that cannot be read`;
      return { problem: { what, write: 'write the path of a properties file behind file:' } };
    }
    const property = file.properties.findLast((candidate) => candidate.key === key);
    if (property !== undefined) return { value: property.value };
    return { problem: { what: `refers to ${key}, which ${path} does not have`, write: `add it to ${path}` } };
  };
}
