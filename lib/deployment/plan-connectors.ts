// For constructs in an app of somebody's own: connector files become functions, and the constructs are given what the files leave out.
import { type DeploymentFiles, type Plan, planDeployment } from './plan';
import { type Settings, settingsOf } from './settings';

export interface ConnectorFiles extends Omit<DeploymentFiles, 'settings'> {
  /** Before the names of functions. @default 'connectless' */
  readonly name?: string;
}

/** What constructs are made of. */
export type ConnectorPlan = Pick<Plan, 'connectors' | 'functions' | 'topics' | 'notes'>;

/**
 * Reads and checks the files, and writes them as they are on AWS. The constructs are given the brokers, the buckets, and the database where a
 * file names localhost or a placeholder. Throws CONFIG_INVALID, whose message is the report of `connectless validate`.
 */
export function planConnectors({ name = 'connectless', ...files }: ConnectorFiles): Promise<ConnectorPlan> {
  return planDeployment({ ...files, settings: { ...GIVEN, name } });
}

const { settings } = settingsOf({}, () => undefined);

/** What a deployment has to be told, since the files cannot say it: here the constructs know it. */
const GIVEN: Settings = {
  ...settings,
  vpc: { id: 'given', availabilityZones: [], subnetIds: [] },
  cluster: { ...settings.cluster, arn: 'given' },
  database: { ...settings.database, resourceId: 'given' },
};
