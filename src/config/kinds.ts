// The kinds of connectors: which class makes which, what is known of their properties, what they say.
import type { Values } from './check';
import { workerWritesAvro } from './converter-rules';
import type { Definition } from './definition';
import { PROCESSOR_CLASS, processorDefinitions } from './definitions/processor';
import { SINK_CLASS, sinkDefinitions } from './definitions/sink';
import { SOURCE_CLASS, sourceDefinitions } from './definitions/source';
import type { ConnectorConfig } from './pipeline-model';
import { buildProcessor } from './processor';
import type { PropertiesFile } from './properties';
import type { Note } from './report';
import type { Rule } from './rule';
import { buildSink, sinkRules } from './sink';
import { sinkNotes } from './sink-notes';
import { buildSource, sourceRules } from './source';
import { sourceNotes } from './source-notes';

export interface ConnectorKind {
  readonly kind: ConnectorConfig['kind'];
  readonly className: string;
  readonly definitions: readonly Definition[];
  readonly rules: readonly Rule[];
  readonly notes: (file: PropertiesFile, values: Values) => Note[];
  /** Of files without faults. */
  readonly build: (values: Values, worker: Values) => ConnectorConfig;
}

export const connectorKinds: readonly ConnectorKind[] = [
  {
    kind: 'source',
    className: SOURCE_CLASS,
    definitions: sourceDefinitions,
    rules: [...sourceRules, workerWritesAvro],
    notes: sourceNotes,
    build: buildSource,
  },
  {
    kind: 'processor',
    className: PROCESSOR_CLASS,
    definitions: processorDefinitions,
    rules: [workerWritesAvro],
    notes: () => [],
    build: buildProcessor,
  },
  {
    kind: 'sink',
    className: SINK_CLASS,
    definitions: sinkDefinitions,
    rules: sinkRules,
    notes: sinkNotes,
    build: buildSink,
  },
];
