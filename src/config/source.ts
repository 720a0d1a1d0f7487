// A source's file: rules across its properties, what has no meaning in it, and the configuration that it says.
import type { Values } from './check';
import { NUMERIC_MAPPINGS, TIMESTAMP_GRANULARITIES } from './definitions/source-types';
import { buildDeployment, buildTopicCreation } from './deployment';
import { buildKeyTransform, keyTransformRules } from './key-transforms';
import { type Rule, textOf } from './rule';
import { buildDatabase, databaseRules } from './source-database';
import { buildMode, modeRules } from './source-mode';
import type { SourceConfig, TypesConfig } from './source-model';
import { buildQuery, buildSelection, tableRules } from './source-tables';
import { buildTableSettings, tableSettingRules } from './table-settings';

export const sourceRules: readonly Rule[] = [
  ...databaseRules,
  ...modeRules,
  ...tableRules,
  ...tableSettingRules,
  ...keyTransformRules,
];

/** Of a file without faults. */
export function buildSource(values: Values): SourceConfig {
  return {
    kind: 'source',
    name: values.text('name'),
    deployment: buildDeployment(values),
    topicCreation: buildTopicCreation(values),
    database: buildDatabase(values),
    ...buildMode(values),
    ...buildQuery(values),
    tables: buildSelection(values),
    tableSettings: buildTableSettings(values),
    ...buildKeyTransform(values),
    types: buildTypes(values),
    topicPrefix: values.text('topic.prefix'),
    pollIntervalMs: values.number('poll.interval.ms'),
    tablePollIntervalMs: values.number('table.poll.interval.ms'),
    batchMaxRows: values.number('batch.max.rows'),
  };
}

function buildTypes(values: Values): TypesConfig {
  const older = values.flag('numeric.precision.mapping') ? 'precision_only' : 'none';
  const mapping = textOf(values, 'numeric.mapping')?.toLowerCase();
  const granularity = values.text('timestamp.granularity').toLowerCase();
  return {
    numericMapping: NUMERIC_MAPPINGS.find((known) => known === mapping) ?? older,
    timestampGranularity: TIMESTAMP_GRANULARITIES.find((known) => known === granularity) ?? 'connect_logical',
    timeZone: values.text('db.timezone'),
    exact: textOf(values, 'connectless.types') === 'exact',
  };
}
