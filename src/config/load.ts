// The configuration that a worker's and its connectors' files say: to run it, to check it, or to deploy it.
import { resolve } from 'node:path';
import { ConnectlessError } from '../errors';
import { type Env, type Files, readFiles } from './files';
import type { WorkerConfig } from './model';
import type { ConnectorConfig, PipelineConfig } from './pipeline-model';
import { placeholderFaults } from './placeholders';
import { plainSecrets } from './plain-secrets';
import type { PropertiesFile } from './properties';
import { type Fault, report } from './report';
import type { SecretReader } from './secret-reference';
import { withSecrets } from './secrets';
import { type Validation, validatePipeline, validateWorker } from './validate';

/**
 * To run them: the worker's file and the connectors' files, as `connect-standalone` takes them; the worker's file may be
 * among the connectors' (`connectors/*.properties`). Throws all faults as one CONFIG_INVALID, and what `readSecret` throws.
 */
export async function loadPipeline(
  workerFile: string,
  connectorFiles: readonly string[],
  readSecret: SecretReader,
  env: Env = process.env,
): Promise<PipelineConfig> {
  const { worker, connectors } = readFiles(workerFile, connectorFiles, env);
  return configToRun([worker, ...connectors], validateAll, readSecret);
}

/**
 * What a lambda needs: the files that `CONNECTLESS_WORKER` and `CONNECTLESS_CONNECTOR` name. Throws as `loadPipeline`, and
 * CONFIG_INVALID for a connector of another kind.
 */
export async function loadConnector<Kind extends ConnectorConfig['kind']>(
  kind: Kind,
  readSecret: SecretReader,
  env: Env = process.env,
): Promise<{ worker: WorkerConfig; connector: Extract<ConnectorConfig, { kind: Kind }> }> {
  const workerFile = fromEnv(env, 'CONNECTLESS_WORKER');
  const connectorFile = fromEnv(env, 'CONNECTLESS_CONNECTOR');
  const { worker, connectors } = await loadPipeline(workerFile, [connectorFile], readSecret, env);
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

/** The file that `CONNECTLESS_WORKER` names. Throws as `loadPipeline`. */
export async function loadWorker(readSecret: SecretReader, env: Env = process.env): Promise<WorkerConfig> {
  const { worker } = readFiles(fromEnv(env, 'CONNECTLESS_WORKER'), [], env);
  return configToRun([worker], ([file = worker]) => validateWorker(file), readSecret);
}

/** The validation itself, for those who want its notes, too. References to secrets and placeholders stay. */
export async function validateFiles(
  workerFile: string,
  connectorFiles: readonly string[],
  env: Env = process.env,
): Promise<Validation<PipelineConfig>> {
  const { worker, connectors } = readFiles(workerFile, connectorFiles, env);
  return validatePipeline(worker, connectors);
}

export interface DeploymentValidation extends Validation<PipelineConfig> {
  /** Without references to the environment and to files; those to secrets stay. Connectors as in `config`. */
  readonly files: Files;
  /** Passwords that would be deployed as plain text, if the address that they belong to is. */
  readonly plainSecrets: readonly Fault[];
}

/** What a deployment needs: the files are deployed, too. */
export async function validateDeployment(
  workerFile: string,
  connectorFiles: readonly string[],
  env: Env = process.env,
): Promise<DeploymentValidation> {
  const files = readFiles(workerFile, connectorFiles, env);
  return { ...validatePipeline(files.worker, files.connectors), files, plainSecrets: plainSecrets(files) };
}

/** Faulty files are told before a secret is fetched. */
async function configToRun<Config>(
  files: readonly PropertiesFile[],
  validate: (files: readonly PropertiesFile[]) => Validation<Config>,
  readSecret: SecretReader,
): Promise<Config> {
  const { config, faults } = validate(files);
  const first = configOf(config, [...faults, ...files.flatMap(placeholderFaults)]);
  const complete = await withSecrets(files, readSecret);
  if (complete === files) return first;
  const second = validate(complete);
  return configOf(second.config, second.faults);
}

function validateAll([worker, ...connectors]: readonly PropertiesFile[]): Validation<PipelineConfig> {
  if (worker === undefined) throw new TypeError("the worker's file comes first");
  return validatePipeline(worker, connectors);
}

function configOf<Config>(config: Config | undefined, faults: readonly Fault[]): Config {
  if (config === undefined || faults.length > 0) throw new ConnectlessError('CONFIG_INVALID', report(faults));
  return config;
}

/** A deployed function's files stand beside its bundle. */
function fromEnv(env: Env, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return resolve(env.LAMBDA_TASK_ROOT ?? '', value);
  throw new ConnectlessError('CONFIG_INVALID', `The environment variable ${name} is not set: give it a file's path.`);
}
