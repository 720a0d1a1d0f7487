// What a deployment decides for a worker and connectors that are given as properties.
import { type Decisions, decide } from '../../../lib/deployment/decisions';
import { type Settings, settingsOf } from '../../../lib/deployment/settings';
import { declaredProviders, resolveReferences } from '../../../src/config/config-providers';
import type { PipelineConfig } from '../../../src/config/pipeline-model';
import type { PropertiesFile } from '../../../src/config/properties';
import { validatePipeline } from '../../../src/config/validate';
import { file, type Properties, WORKER } from '../../src/config/files';

export interface Decided {
  readonly config: PipelineConfig;
  readonly settings: Settings;
  readonly decisions: Decisions;
  readonly worker: PropertiesFile;
  readonly connectors: readonly PropertiesFile[];
}

export interface Given {
  /** Beside those of a small valid worker. */
  readonly worker?: Properties;
  readonly connectors?: readonly Properties[];
  /** Of cdk.json. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** For a cluster that exists. */
export const CLUSTER_SETTINGS = {
  'connectless.vpc.id': 'vpc-0123456789abcdef0',
  'connectless.vpc.subnet.ids': 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  'connectless.vpc.availability.zones': 'eu-central-1a,eu-central-1b',
  'connectless.cluster.arn':
    'arn:aws:kafka:eu-central-1:123456789012:cluster/prices/01234567-89ab-cdef-0123-456789abcdef-2',
  'connectless.cluster.security.group.id': 'sg-0123456789abcdef0',
};

export function decided(given: Given = {}): Decided {
  const providers = { env: nothing, file: nothing };
  const read = (name: string, properties: Properties) => {
    const raw = file(name, properties);
    return resolveReferences(raw, declaredProviders(raw), providers);
  };
  const worker = read('worker.properties', { ...WORKER, ...given.worker });
  const connectors = (given.connectors ?? []).map((own, index) => read(`connector-${index}.properties`, own));
  const { config, faults } = validatePipeline(worker, connectors);
  const { settings, faults: settingFaults } = settingsOf(given.settings ?? {}, () => undefined);
  if (config === undefined || settingFaults.length > 0) throw new Error(JSON.stringify([...faults, ...settingFaults]));
  return { config, settings, decisions: decide(config, settings, worker), worker, connectors };
}

function nothing(): never {
  throw new Error('refers to the environment or a file');
}
