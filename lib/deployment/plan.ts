// From the connector files and the settings to everything that the stacks are made of, or to all faults at once.

import { validateDeployment } from '../../src/config/load';
import type { ConnectorConfig } from '../../src/config/pipeline-model';
import { type Fault, type Note, report } from '../../src/config/report';
import { placeOf } from '../../src/config/rule';
import { ConnectlessError } from '../../src/errors';
import { certificateFaults } from './certificates';
import { connectorEdits } from './connector-edits';
import { decisionFaults } from './decision-faults';
import { type Decisions, decide } from './decisions';
import type { Changed } from './edits';
import { effectlessEdits } from './effectless';
import { nameFaults } from './function-name';
import { patternFaults, patternNotes, withMatchedTopics } from './matched-topics';
import type { PlannedConnector } from './planned';
import { type PlannedFunctions, planFunctions } from './planned-functions';
import type { Settings } from './settings';
import { type PlannedTopic, plannedTopics } from './topics';
import { workerEdits } from './worker-edits';

export interface DeploymentFiles {
  /** Path of `worker.properties`. */
  readonly workerFile: string;
  /** Paths of the connectors' files. */
  readonly connectorFiles: readonly string[];
  readonly settings: Settings;
  /** Gets a directory for each function's code. */
  readonly outdir: string;
  /** Where `${env:NAME}` is looked up. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Plan extends PlannedFunctions {
  readonly settings: Settings;
  readonly decisions: Decisions;
  readonly topics: readonly PlannedTopic[];
  readonly notes: readonly Note[];
}

/** Throws CONFIG_INVALID, whose message is the report of `connectless validate`. */
export async function planDeployment({ settings, outdir, ...files }: DeploymentFiles): Promise<Plan> {
  const {
    config: valid,
    files: read,
    faults: invalid,
    notes,
    plainSecrets,
  } = await validateDeployment(files.workerFile, files.connectorFiles, files.env);
  if (valid === undefined) throw refused(invalid);
  const config = withMatchedTopics(valid);
  const fileOf = (connector: ConnectorConfig) => read.connectors[config.connectors.indexOf(connector)] ?? read.worker;
  const nameOfFile = (connector: ConnectorConfig) => fileOf(connector).file;
  const decisions = decide(config, settings, read.worker);
  const worker = {
    config: config.worker,
    file: read.worker,
    edits: { ...workerEdits(read.worker, decisions), ...effectlessEdits(read.worker, 'worker') },
  };
  const connectors = config.connectors.map((connector) => {
    const file = fileOf(connector);
    const edits = { ...connectorEdits(file, connector, decisions), ...effectlessEdits(file, connector.kind) };
    return { config: connector, file, edits };
  });
  const all = [
    ...patternFaults(config, fileOf),
    ...decisionFaults(config, decisions, settings, read.worker, nameOfFile),
    ...certificateFaults(
      config.connectors.filter((connector) => connector.kind === 'source'),
      nameOfFile,
    ),
    ...nameFaults(config.connectors, settings.name, nameOfFile),
    ...plainSecrets.filter((secret) => ![worker, ...connectors].some((changed) => replaces(changed, secret))),
  ];
  if (all.length > 0) throw refused(withLines(all, [worker, ...connectors]));
  const functions = await planFunctions({ worker, connectors, decisions, name: settings.name, outdir });
  return {
    ...functions,
    settings,
    decisions,
    topics: plannedTopics(config.connectors),
    notes: [...notes, ...patternNotes(config, fileOf)],
  };
}

/** A plain secret that does not reach AWS is none. */
function replaces({ file, edits }: Changed, secret: Fault): boolean {
  return file.file === secret.file && secret.property !== undefined && Object.hasOwn(edits, secret.property);
}

function withLines(faults: readonly Fault[], changed: readonly Changed[]): readonly Fault[] {
  return faults.map((fault) => {
    const file = changed.find((candidate) => candidate.file.file === fault.file)?.file;
    return file === undefined || fault.property === undefined ? fault : { ...fault, ...placeOf(file, fault.property) };
  });
}

function refused(faults: readonly Fault[]): ConnectlessError {
  return new ConnectlessError('CONFIG_INVALID', report(faults));
}

/** The planned connectors of one kind. */
export function connectorsOf<Kind extends ConnectorConfig['kind']>(
  { connectors }: Pick<Plan, 'connectors'>,
  kind: Kind,
): readonly PlannedConnector<Extract<ConnectorConfig, { kind: Kind }>>[] {
  return connectors.filter((connector): connector is PlannedConnector<Extract<ConnectorConfig, { kind: Kind }>> => {
    return connector.config.kind === kind;
  });
}
