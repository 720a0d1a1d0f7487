// A sink's file: rules across its properties, and the configuration that it says.
import type { Values } from './check';
import { sinkConverterRules } from './converter-rules';
import { buildConverters } from './converters';
import { buildDeployment, buildTrigger } from './deployment';
import { isFilled, placeOf, type Rule, textOf } from './rule';
import { buildErrors, errorRules } from './sink-errors';
import { buildFormats, formatRules } from './sink-format';
import type { SinkConfig } from './sink-model';
import { buildNulls, buildObjects, objectRules } from './sink-objects';
import { buildPartitioner, isByTime, partitionerRules } from './sink-partitioner';
import { buildRotation, rotationRules } from './sink-rotation';

const TOPICS = 'topics';
const PATTERN = 'topics.regex';

/** Connect's own rule. */
const topicsAreNamedOneWay: Rule = (file) => {
  const [hasTopics, hasPattern] = [isFilled(file, TOPICS), isFilled(file, PATTERN)];
  if (hasTopics && hasPattern) {
    return [{ ...placeOf(file, PATTERN), what: `is set beside ${TOPICS}`, write: 'keep one of them' }];
  }
  if (hasTopics || hasPattern) return [];
  const what = `is missing (Topics to store), and so is ${PATTERN}`;
  return [{ ...placeOf(file, TOPICS), what, write: `add ${TOPICS}=… or ${PATTERN}=…` }];
};

export const sinkRules: readonly Rule[] = [
  topicsAreNamedOneWay,
  ...rotationRules,
  ...partitionerRules,
  ...formatRules,
  ...objectRules,
  ...errorRules,
  ...sinkConverterRules,
];

/** Of files without faults. */
export function buildSink(values: Values, worker: Values): SinkConfig {
  const endpoint = textOf(values, 'store.url');
  const pattern = values.text(PATTERN);
  return {
    kind: 'sink',
    name: values.text('name'),
    deployment: buildDeployment(values),
    trigger: buildTrigger(values),
    topics: values.list(TOPICS),
    ...(pattern === '' ? {} : { topicsRegex: pattern }),
    converters: buildConverters(values, worker),
    s3: {
      region: values.text('s3.region'),
      ...(endpoint === undefined ? {} : { endpoint }),
      pathStyle: values.flag('s3.path.style.access.enabled'),
    },
    bucket: values.text('s3.bucket.name'),
    topicsDir: values.text('topics.dir'),
    directoryDelimiter: values.text('directory.delim'),
    fileDelimiter: values.text('file.delim'),
    zeroPadWidth: values.number('filename.offset.zero.pad.width'),
    partitioner: buildPartitioner(values),
    ...buildRotation(values, isByTime(values)),
    compatibility: buildCompatibility(values),
    formats: buildFormats(values),
    nulls: buildNulls(values),
    errors: buildErrors(values),
    objects: buildObjects(values),
    partSize: values.number('s3.part.size'),
  };
}

function buildCompatibility(values: Values): SinkConfig['compatibility'] {
  const mode = values.text('schema.compatibility');
  return (['BACKWARD', 'FORWARD', 'FULL'] as const).find((known) => known === mode) ?? 'NONE';
}
