// The functions of a deployment: bundles, and for each the directory that becomes its code.
import { join } from 'node:path';
import type { WorkerConfig } from '../../src/config/model';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { SourceConfig } from '../../src/config/source-model';
import { ENVIRONMENT, FILES } from '../../src/names';
import { bundleAll, type LambdaName } from '../bundling';
import { type Certificates, certificatesOf } from './certificates';
import { iamUserOf } from './connector-edits';
import { authenticationOf, type DatabaseDecision, type Decisions } from './decisions';
import { type Changed, edited } from './edits';
import { type FunctionFiles, writeFunctionCode } from './function-code';
import { functionNameOf, ownFunctionName } from './function-name';
import type { PlannedConnector, PlannedFunction } from './planned';
import { registriesOf } from './registries';
import { type DeployedSecret, deployedSecrets } from './secrets';
import { triggeredTopics } from './topics';
import { brokersAlone, statePrefixOf, withoutBrokers } from './worker-edits';

export interface PlannedFunctions {
  readonly connectors: readonly PlannedConnector[];
  /** Beside the connectors'. */
  readonly functions: Readonly<Record<OwnFunction, PlannedFunction>>;
  readonly bundles: Awaited<ReturnType<typeof bundleAll>>;
}

/** And whose code each has: two make users of a database, one of them within the pipeline. */
const OWN_FUNCTIONS = {
  registry: 'registry',
  topics: 'topics',
  bootstrap: 'bootstrap',
  'data-api-user': 'bootstrap',
  preflight: 'preflight',
} as const satisfies Readonly<Record<string, LambdaName>>;

export type OwnFunction = keyof typeof OWN_FUNCTIONS;

/** Of a function that belongs to no connector. */
export function bundleOf(name: OwnFunction): LambdaName {
  return OWN_FUNCTIONS[name];
}

type ChangedConnector = Changed & { readonly config: ConnectorConfig };

export interface Accepted {
  readonly worker: Changed & { readonly config: WorkerConfig };
  readonly connectors: readonly ChangedConnector[];
  readonly decisions: Decisions;
  /** Before the functions' names. */
  readonly name: string;
  readonly outdir: string;
}

/** The code is the same for every plan of a process, and bundling it takes seconds. */
let bundling: ReturnType<typeof bundleAll> | undefined;

export async function planFunctions(accepted: Accepted): Promise<PlannedFunctions> {
  const { outdir, name, worker } = accepted;
  bundling ??= bundleAll(join(outdir, '_bundles'));
  const bundles = await bundling;
  const codeOf = (directory: string, lambda: LambdaName, files: FunctionFiles) =>
    writeFunctionCode(join(outdir, directory), bundles[lambda].path, files);
  const own = (one: OwnFunction, ownWorker: Changed | undefined, timeoutMs: number): PlannedFunction => ({
    functionName: ownFunctionName(name, one),
    code: codeOf(`_${one}`, bundleOf(one), ownWorker === undefined ? {} : { worker: propertiesOf(ownWorker) }),
    environment: ownWorker === undefined ? {} : WORKER,
    ...OWN_FUNCTION,
    ...sharedOf(accepted),
    secrets: deployedSecrets(ownWorker === undefined ? [] : [ownWorker]),
    timeoutMs,
  });
  return {
    connectors: accepted.connectors.map((connector) => {
      const { config } = connector;
      const ownWorker = talksToBrokers(config) ? worker : withoutBrokers(worker);
      const code = codeOf(config.name, config.kind, connectorFiles(accepted.decisions, ownWorker, connector));
      return planned(accepted, config, code, deployedSecrets([ownWorker, connector]));
    }),
    functions: {
      registry: own('registry', withoutBrokers(worker), 30_000),
      topics: own('topics', brokersAlone(worker), 600_000),
      bootstrap: own('bootstrap', undefined, 600_000),
      'data-api-user': own('data-api-user', undefined, 600_000),
      // As long as Lambda allows: a source that runs is asked between two of its starts.
      preflight: own('preflight', undefined, 900_000),
    },
    bundles,
  };
}

const WORKER = { [ENVIRONMENT.worker]: FILES.worker };
const CONNECTOR = { ...WORKER, [ENVIRONMENT.connector]: FILES.connector };
const OWN_FUNCTION = { memoryMb: 512, logRetentionDays: 30, tags: {} } as const;

function sharedOf({ decisions }: Accepted): Pick<PlannedFunction, 'statePrefix' | 'authentication'> {
  return { statePrefix: statePrefixOf(decisions), authentication: authenticationOf(decisions.cluster) };
}

function planned(
  accepted: Accepted,
  config: ConnectorConfig,
  code: string,
  secrets: readonly DeployedSecret[],
): PlannedConnector {
  const { decisions, name } = accepted;
  const iamUser = iamUserOf(config, decisions);
  return {
    config,
    function: {
      ...config.deployment,
      functionName: functionNameOf(config, name),
      code,
      environment: CONNECTOR,
      secrets,
      ...sharedOf(accepted),
    },
    triggered: config.kind === 'source' ? [] : triggeredTopics(config),
    ...(iamUser === undefined ? {} : { iamUser }),
    registries: registriesOf(config, accepted.worker.config),
  };
}

/** A sink's trigger reads for it. */
function talksToBrokers(config: ConnectorConfig): boolean {
  return config.kind !== 'sink' || config.errors.deadLetters !== undefined;
}

function connectorFiles({ databases }: Decisions, worker: Changed, changed: ChangedConnector): FunctionFiles {
  const files = { worker: propertiesOf(worker), connector: propertiesOf(changed) };
  const { config } = changed;
  if (config.kind !== 'source') return files;
  const certificates = deployedCertificates(config, databases.get(config.name));
  return { ...files, ...(certificates === undefined ? {} : { certificates }) };
}

function deployedCertificates(
  { database }: SourceConfig,
  decision: DatabaseDecision | undefined,
): Certificates | undefined {
  if (decision?.kind !== 'make') return certificatesOf(database);
  return decision.through === 'postgres' ? { kind: 'amazon' } : undefined;
}

function propertiesOf({ file, edits }: Changed): ReadonlyMap<string, string> {
  return edited(file, edits);
}
