// The functions of a deployment: bundles, and for each the directory that becomes its code.
import { join } from 'node:path';
import type { ConnectorConfig } from '../../src/config/model';
import { FILES } from '../../src/names';
import { bundleAll, type LambdaName } from '../bundling';
import { iamUserOf } from './connector-edits';
import type { Decisions } from './decisions';
import { type Changed, edited } from './edits';
import { writeFunctionCode } from './function-code';
import { functionNameOf, ownFunctionName } from './function-name';
import type { PlannedConnector, PlannedFunction } from './planned';
import { type DeployedSecret, deployedSecrets } from './secrets';
import { triggeredTopics } from './topics';

export interface PlannedFunctions {
  readonly connectors: readonly PlannedConnector[];
  /** Beside the connectors'. */
  readonly functions: Readonly<Record<OwnFunction, PlannedFunction>>;
  /** That the worker's file refers to. */
  readonly workerSecrets: readonly DeployedSecret[];
  readonly bundles: Bundles;
}

export type OwnFunction = 'registry' | 'topics' | 'bootstrap';
type Bundles = Awaited<ReturnType<typeof bundleAll>>;
type Properties = ReadonlyMap<string, string>;

export interface Accepted {
  readonly worker: Changed;
  readonly connectors: ReadonlyArray<Changed & { readonly config: ConnectorConfig }>;
  readonly decisions: Decisions;
  /** Before the functions' names. */
  readonly name: string;
  readonly outdir: string;
}

export async function planFunctions(accepted: Accepted): Promise<PlannedFunctions> {
  const { outdir, decisions, name } = accepted;
  const bundles = await bundleAll(join(outdir, 'bundles'));
  const worker = edited(accepted.worker.file, accepted.worker.edits);
  const own = (lambda: OwnFunction, timeoutMs: number): PlannedFunction => ({
    functionName: ownFunctionName(name, lambda),
    code: writeFunctionCode(join(outdir, `_${lambda}`), bundles[lambda].path, lambda === 'bootstrap' ? {} : { worker }),
    ...OWN_FUNCTION,
    timeoutMs,
  });
  return {
    connectors: accepted.connectors.map(({ config, file, edits }) => {
      const connector = edited(file, edits);
      const code = codeOf(join(outdir, config.name), config.kind, bundles, worker, connector);
      return planned(config, code, deployedSecrets([accepted.worker, { file, edits }]), decisions, name);
    }),
    functions: {
      registry: own('registry', 30_000),
      topics: own('topics', 600_000),
      bootstrap: own('bootstrap', 600_000),
    },
    workerSecrets: deployedSecrets([accepted.worker]),
    bundles,
  };
}

const OWN_FUNCTION = { memoryMb: 512, logRetentionDays: 30, tags: {} } as const;

function planned(
  config: ConnectorConfig,
  code: string,
  secrets: readonly DeployedSecret[],
  decisions: Decisions,
  name: string,
): PlannedConnector {
  const { registry } = decisions;
  const iamUser = iamUserOf(config, decisions);
  return {
    config,
    function: { ...config.deployment, functionName: functionNameOf(config, name), code },
    triggered: config.kind === 'source' ? [] : triggeredTopics(config.name, config.topics),
    secrets,
    ...(iamUser === undefined ? {} : { iamUser }),
    ...(registry.kind === 'use' ? { registryUrl: registry.url } : {}),
  };
}

function codeOf(
  directory: string,
  lambda: LambdaName,
  bundles: Bundles,
  worker: Properties,
  connector: Properties,
): string {
  const namesCertificates = connector.get('connection.url')?.includes(FILES.databaseCertificates) ?? false;
  return writeFunctionCode(directory, bundles[lambda].path, {
    worker,
    connector,
    ...(namesCertificates ? { databaseCertificates: true } : {}),
  });
}
