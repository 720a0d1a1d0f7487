// A connector on its way to AWS: what its file says, and the directory that becomes its function's code.
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import type { Authentication } from './decisions';
import type { Registries } from './registries';
import type { DeployedSecret } from './secrets';
import type { TriggeredTopic } from './topics';

/** What a function is made of, beside its place in the network. */
export interface PlannedFunction {
  readonly functionName: string;
  /** Directory with the bundle and the property files. */
  readonly code: string;
  /** The property files among them, as the function looks for them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly logRetentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
  /** That its files refer to. */
  readonly secrets: readonly DeployedSecret[];
  /** Before the keys of the state, without a slash at its end; empty: none. */
  readonly statePrefix: string;
  /** How the worker's file logs in to brokers. */
  readonly authentication: Authentication;
}

export interface PlannedConnector<Config extends ConnectorConfig = ConnectorConfig> {
  readonly config: Config;
  readonly function: PlannedFunction;
  /** Topics of its trigger; none for a source. */
  readonly triggered: readonly TriggeredTopic[];
  /** The user that a source logs in as by IAM; absent: by a password, or it is no source. */
  readonly iamUser?: string;
  readonly registries: Registries;
}
