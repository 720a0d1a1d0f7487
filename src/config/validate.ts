// From parsed files to the configuration, or to all faults of all files at once.
import { type Checked, check, type Values } from './check';
import { settingsOfOthers, unusedConverters } from './converter-notes';
import { strayConverters } from './converter-rules';
import { definitionOf } from './definition';
import { workerDefinitions } from './definitions/worker';
import { type ConnectorKind, connectorKinds } from './kinds';
import type { WorkerConfig } from './model';
import type { PipelineConfig } from './pipeline-model';
import { type Connector, cycles, repeatedNames, sharedFiles } from './pipeline-rules';
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
  // Of a worker with faults, too: what it says of converters is asked for by rules of connectors.
  const said = check(worker, workerDefinitions, ownerOf).values;
  const results = connectors.map((file) => ({ file, result: validateConnector(file, said) }));
  const built: Connector[] = results.flatMap(({ file, result: { config } }) => (config ? [{ file, config }] : []));
  const faults = [
    ...workerResult.faults,
    ...results.flatMap(({ result }) => result.faults),
    ...repeatedNames(connectors),
    ...(worker.unreadable ? [] : connectors.flatMap((file) => strayConverters(worker, file, kindOf(file)?.kind))),
    ...cycles(built),
    ...sharedFiles(built),
  ];
  const ofWorker = [...workerResult.notes, ...unusedConverters(worker, built)].sort((a, b) => a.line - b.line);
  const notes = [...ofWorker, ...results.flatMap(({ result }) => result.notes)];
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
  // Of its converter of keys, nothing is known before the connectors are.
  const notes = [...checked.notes, ...settingsOfOthers(file, checked.values, ['value'])];
  return finish(file, { ...checked, notes }, checked.values, { rules: workerRules, build: buildWorker });
}

function validateConnector(file: PropertiesFile, worker: Values): Validation<Connector['config']> {
  if (file.unreadable) return { faults: file.faults, notes: [] };
  const kind = kindOf(file);
  if (kind === undefined) return { faults: [...file.faults, unknownKind(file)], notes: [] };
  const checked = check(file, kind.definitions, ownerOf);
  const notes = [...checked.notes, ...kind.notes(file, checked.values)];
  return finish(file, { ...checked, notes }, worker, kind);
}

function kindOf(file: PropertiesFile): ConnectorKind | undefined {
  return connectorKinds.find(({ className }) => className === classOf(file));
}

function classOf(file: PropertiesFile): string | undefined {
  return file.properties.findLast(({ key }) => key === 'connector.class')?.value.trim();
}

function finish<Config>(
  file: PropertiesFile,
  { values, faults: own, notes }: Checked,
  worker: Values,
  { rules, build }: Pick<ConnectorKind, 'rules'> & { readonly build: (values: Values, worker: Values) => Config },
): Validation<Config> {
  const faults = [...own, ...rules.flatMap((rule) => rule(file, values, worker))];
  return faults.length > 0 ? { faults, notes } : { config: build(values, worker), faults, notes };
}

function unknownKind(file: PropertiesFile): Fault {
  const className = classOf(file);
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
