// `topics.regex` on AWS: a trigger has one topic, so a pattern becomes those topics of the connector files that match it.

import type { ConnectorConfig, PipelineConfig } from '../../src/config/pipeline-model';
import type { PropertiesFile } from '../../src/config/properties';
import type { Fault, Note } from '../../src/config/report';
import { placeOf } from '../../src/config/rule';
import type { SinkConfig } from '../../src/config/sink-model';
import { topicMatcher } from '../../src/config/topic-pattern';
import { topicsOf } from './topics';

type FileOf = (connector: ConnectorConfig) => PropertiesFile;

/** Each sink with a pattern has the topics that match it, in the order of their names; none: `patternFaults` says so. */
export function withMatchedTopics(pipeline: PipelineConfig): PipelineConfig {
  const named = [...new Set(pipeline.connectors.flatMap(topicsOf))].sort();
  const connectors = pipeline.connectors.map((connector) =>
    hasPattern(connector) ? { ...connector, topics: named.filter(topicMatcher(connector)) } : connector,
  );
  return { ...pipeline, connectors };
}

export function patternFaults({ connectors }: PipelineConfig, fileOf: FileOf): Fault[] {
  return connectors
    .filter(hasPattern)
    .filter(({ topics }) => topics.length === 0)
    .map((sink) => ({
      ...placeOf(fileOf(sink), 'topics.regex'),
      what: "matches no topic that the connector files name, and AWS's triggers have no patterns",
      write: 'write topics= with the names of the topics',
    }));
}

export function patternNotes({ connectors }: PipelineConfig, fileOf: FileOf): Note[] {
  return connectors
    .filter(hasPattern)
    .filter(({ topics }) => topics.length > 0)
    .map((sink) => {
      const { file, line = 0 } = placeOf(fileOf(sink), 'topics.regex');
      const why = `AWS's triggers have no patterns: there is one for ${sink.topics.join(', ')}. A topic that no connector file names is not read: it needs topics= and a deployment.`;
      return { file, line, property: 'topics.regex', why };
    });
}

function hasPattern(connector: ConnectorConfig): connector is SinkConfig & { readonly topicsRegex: string } {
  return connector.kind === 'sink' && connector.topicsRegex !== undefined;
}
