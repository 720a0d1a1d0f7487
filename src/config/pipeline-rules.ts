// Faults that only several files together have: names, converters, cycles of topics, files that two sinks would write.
import type { ConnectorConfig } from './model';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { placeOf } from './rule';

/** A connector's file and what it says. */
export interface Connector {
  readonly file: PropertiesFile;
  readonly config: ConnectorConfig;
}

/** The name is the key of the state, so it must be the connector's own. */
export function repeatedNames(files: readonly PropertiesFile[]): Fault[] {
  const nameOf = (file: PropertiesFile) => file.properties.findLast(({ key }) => key === 'name')?.value.trim();
  return files.flatMap((file, index) => {
    const name = nameOf(file);
    const first = files.slice(0, index).find((earlier) => name !== undefined && nameOf(earlier) === name);
    if (first === undefined) return [];
    const what = `is the name of the connector in ${first.file}, too`;
    return [{ ...placeOf(file, 'name'), what, write: 'give each connector a name of its own' }];
  });
}

/** Connect lets a connector have its own converter; here all share the worker's. */
export function otherConverters(worker: PropertiesFile, connector: PropertiesFile): Fault[] {
  const ofWorker = (name: string) => worker.properties.findLast(({ key }) => key === name)?.value.trim();
  return connector.properties
    .filter(({ key }) => key === 'value.converter' || key.startsWith('value.converter.'))
    .filter(({ key, value }) => ofWorker(key) !== value.trim())
    .map(({ key, line }) => ({
      file: connector.file,
      line,
      property: key,
      what: `differs from the worker's, and a converter of its own is not supported yet`,
      write: `delete the line, or write what ${worker.file} has`,
    }));
}

/** A record must not come back to a topic that it has been in. */
export function cycles(connectors: readonly Connector[]): Fault[] {
  const steps = connectors.flatMap(({ file, config }) => (config.kind === 'processor' ? [{ file, config }] : []));
  const reachableFrom = (topic: string): ReadonlySet<string> => {
    const reached = new Set([topic]);
    for (const from of reached) {
      for (const { config } of steps) if (config.topics.includes(from)) reached.add(config.outputTopic);
    }
    return reached;
  };
  return steps
    .filter(({ config }) => config.topics.some((topic) => reachableFrom(config.outputTopic).has(topic)))
    .map(({ file }) => ({
      ...placeOf(file, 'connectless.output.topic'),
      what: 'leads back to a topic that this processor reads, so a record would go round for ever',
      write: 'write to another topic',
    }));
}

/** Two sinks that make the same keys would stop each other. */
export function sharedFiles(connectors: readonly Connector[]): Fault[] {
  const places = connectors.flatMap(({ file, config }) => {
    if (config.kind !== 'sink') return [];
    const { s3, bucket, topicsDir, directoryDelimiter, fileDelimiter } = config;
    const place = JSON.stringify([s3.endpoint, bucket, topicsDir, directoryDelimiter, fileDelimiter]);
    return config.topics.map((topic) => ({ file, topic, place }));
  });
  return places.flatMap(({ file, topic, place }, index) => {
    const first = places.slice(0, index).find((earlier) => earlier.topic === topic && earlier.place === place);
    if (first === undefined) return [];
    const what =
      first.file === file ? 'names a topic twice' : `has a topic that ${first.file.file} writes to the same place`;
    const write = first.file === file ? 'name it once' : 'give one of them another topics.dir or bucket';
    return [{ ...placeOf(file, 'topics'), what, write }];
  });
}
