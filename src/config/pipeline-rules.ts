// Faults that only several files together have: names, cycles of topics, files that two sinks would write.

import type { ConnectorConfig } from './pipeline-model';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { placeOf } from './rule';
import type { FormatConfig, SinkConfig } from './sink-model';
import type { SourceConfig } from './source-model';
import { topicMatcher } from './topic-pattern';

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

interface Reader {
  readonly file: PropertiesFile;
  readonly sink: SinkConfig;
  readonly reads: (topic: string) => boolean;
}

/** Two sinks that make the same keys would stop each other. */
export function sharedFiles(connectors: readonly Connector[]): Fault[] {
  const readers = connectors.flatMap(({ file, config }): Reader[] =>
    config.kind === 'sink' ? [{ file, sink: config, reads: topicMatcher(config) }] : [],
  );
  const known = topicsNamedBy(connectors);
  return [
    ...readers.flatMap(({ file, sink: { topics } }) => topics.filter(isRepeated).map(() => twice(file))),
    ...readers.flatMap((reader, index) => {
      const first = readers.slice(0, index).find((earlier) => writeTheSame(earlier, reader, known));
      if (first === undefined) return [];
      const property = reader.sink.topicsRegex === undefined ? 'topics' : 'topics.regex';
      const what = `has a topic that ${first.file.file} writes to the same place`;
      const write = 'give one of them another topics.dir or bucket';
      return [{ ...placeOf(reader.file, property), what, write }];
    }),
  ];
}

function twice(file: PropertiesFile): Fault {
  return { ...placeOf(file, 'topics'), what: 'names a topic twice', write: 'name it once' };
}

function isRepeated(topic: string, index: number, topics: readonly string[]): boolean {
  return topics.indexOf(topic) < index;
}

/** Whether two patterns have a topic in common shows in the topics that the files name, and in patterns that are the same. */
function writeTheSame(one: Reader, other: Reader, known: readonly string[]): boolean {
  const [a, b] = [placesOf(one.sink), placesOf(other.sink)];
  if (!a.some((place) => b.includes(place))) return false;
  if (one.sink.topicsRegex !== undefined && one.sink.topicsRegex === other.sink.topicsRegex) return true;
  return known.some((topic) => one.reads(topic) && other.reads(topic));
}

function topicsNamedBy(connectors: readonly Connector[]): readonly string[] {
  return connectors.flatMap(({ config }): readonly string[] => {
    if (config.kind === 'source') return topicsOf(config);
    if (config.kind === 'processor') return [...config.topics, config.outputTopic];
    return config.errors.deadLetters ? [...config.topics, config.errors.deadLetters.topic] : config.topics;
  });
}

/** Those that the file alone can say: of tables that are named in it. */
function topicsOf({ query, topicPrefix, tables, tableSettings }: SourceConfig): readonly string[] {
  if (query !== undefined) return [topicPrefix];
  const own = [...tableSettings.values()].flatMap(({ topic }) => (topic === undefined ? [] : [topic]));
  return [...own, ...(tables.whitelist ?? []).map((table) => `${topicPrefix}${table.replace(/^.*\./, '')}`)];
}

/** Where files of a topic go, each with the end of its name: files of two formats lie side by side. */
function placesOf({
  s3,
  bucket,
  topicsDir,
  directoryDelimiter,
  fileDelimiter,
  formats,
}: SinkConfig): readonly string[] {
  const place = [s3.endpoint, bucket, topicsDir, directoryDelimiter, fileDelimiter];
  return Object.entries(formats).map(([part, format]) => JSON.stringify([...place, part, endOf(format)]));
}

function endOf(format: FormatConfig): readonly unknown[] {
  switch (format.kind) {
    case 'json':
      return [format.kind, format.gzipLevel !== undefined];
    case 'bytes':
      return [format.extension, format.gzipLevel !== undefined];
    case 'parquet':
      return [format.kind, format.codec];
    case 'avro':
      return [format.kind];
  }
}
