// From parsed files to the configuration, or to all faults of all files at once.
import { type Checked, check } from './check';
import { definitionOf } from './definition';
import { workerDefinitions } from './definitions/worker';
import { type ConnectorKind, connectorKinds } from './kinds';
import type { PipelineConfig, WorkerConfig } from './model';
import { type Connector, cycles, otherConverters, repeatedNames, sharedFiles } from './pipeline-rules';
import type { PropertiesFile } from './properties';
import type { Fault, Note } from './report';
import { isSet, placeOf } from './rule';
import { buildWorker, workerRules } from './worker';

export interface Validation<Config> {
  /** Absent when there are faults. */
  readonly config?: Config;
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
}

/** References to config providers have been replaced in the files. */
export function validatePipeline(
  worker: PropertiesFile,
  connectors: readonly PropertiesFile[],
): Validation<PipelineConfig> {
  const workerResult = validateWorker(worker);
  const results = connectors.map((file) => ({ file, result: validateConnector(file) }));
  const built: Connector[] = results.flatMap(({ file, result: { config } }) => (config ? [{ file, config }] : []));
  const faults = [
    ...workerResult.faults,
    ...results.flatMap(({ result }) => result.faults),
    ...repeatedNames(connectors),
    ...(worker.unreadable ? [] : connectors.flatMap((file) => otherConverters(worker, file))),
    ...cycles(built),
    ...sharedFiles(built),
  ];
  const notes = [...workerResult.notes, ...results.flatMap(({ result }) => result.notes)];
  if (faults.length > 0 || workerResult.config === undefined) return { faults, notes };
  return { config: { worker: workerResult.config, connectors: built.map(({ config }) => config) }, faults, notes };
}

export function validateWorker(file: PropertiesFile): Validation<WorkerConfig> {
  if (file.unreadable) return { faults: file.faults, notes: [] };
  if (isSet(file, 'connector.class')) {
    const what = "makes this a connector's file, and the first file must be the worker's";
    const write = 'give worker.properties first, then the connectors';
    return { faults: [...file.faults, { ...placeOf(file, 'connector.class'), what, write }], notes: [] };
  }
  const checked = check(file, workerDefinitions, ownerOf);
  return finish(file, checked, workerRules, buildWorker);
}

function validateConnector(file: PropertiesFile): Validation<Connector['config']> {
  if (file.unreadable) return { faults: file.faults, notes: [] };
  const className = file.properties.findLast(({ key }) => key === 'connector.class')?.value.trim();
  const kind = connectorKinds.find((known) => known.className === className);
  if (kind === undefined) return { faults: [...file.faults, unknownKind(file, className)], notes: [] };
  const checked = check(file, kind.definitions, ownerOf);
  const notes = [...checked.notes, ...kind.notes(file, checked.values)];
  return finish(file, { ...checked, notes }, kind.rules, kind.build);
}

function finish<Config>(
  file: PropertiesFile,
  { values, faults: own, notes }: Checked,
  rules: ConnectorKind['rules'],
  build: (values: Checked['values']) => Config,
): Validation<Config> {
  const faults = [...own, ...rules.flatMap((rule) => rule(file, values))];
  return faults.length > 0 ? { faults, notes } : { config: build(values), faults, notes };
}

function unknownKind(file: PropertiesFile, className: string | undefined): Fault {
  const write = `write one of ${connectorKinds.map((known) => known.className).join(', ')}`;
  if (className !== undefined) {
    const alias = connectorKinds.find((known) => short(known.className) === short(className));
    const what = alias === undefined ? 'names a connector that is not there' : 'is not the full name of the class';
    return { ...placeOf(file, 'connector.class'), what, write: alias ? `write ${alias.className}` : write };
  }
  if (!isSet(file, 'bootstrap.servers')) return { ...placeOf(file, 'connector.class'), what: 'is missing', write };
  const what = "has bootstrap.servers and no connector.class: it is a worker's file, and there is one already";
  return { file: file.file, what, write: "give connectors' files behind the worker's" };
}

/** `io.confluent.connect.s3.S3SinkConnector`, `S3SinkConnector` and `S3Sink` are one. */
function short(className: string): string {
  return className.replace(/^.*\.|Connector$/g, '');
}

/** Who else knows a property of that name. */
function ownerOf(name: string): string | undefined {
  if (definitionOf(name, workerDefinitions) !== undefined) return 'the worker';
  const kind = connectorKinds.find(({ definitions }) => definitionOf(name, definitions) !== undefined);
  return kind === undefined ? undefined : `the ${kind.kind}`;
}
