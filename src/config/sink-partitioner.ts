// In which directory a sink puts a record: rules across the properties of its partitioner, and what they say.
import type { Values } from './check';
import { EXTRACTORS, extractorOf, localeOf, PARTITIONERS } from './definitions/sink-partitioner';
import type { PropertiesFile } from './properties';
import type { Fault } from './report';
import { isFilled, placeOf, type Rule, textOf } from './rule';
import type { PartitionerConfig } from './sink-model';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Undefined: the file names none that there is. */
export function partitionerOf(values: Values): keyof typeof PARTITIONERS | undefined {
  const name = textOf(values, 'partitioner.class');
  const kinds = Object.keys(PARTITIONERS) as (keyof typeof PARTITIONERS)[];
  return kinds.find((kind) => PARTITIONERS[kind] === name);
}

export function isByTime(values: Values): boolean {
  return ['time', 'daily', 'hourly'].includes(partitionerOf(values) ?? '');
}

/** What Confluent's partitioners ask for when a task starts. */
const NEEDS: Readonly<Record<keyof typeof PARTITIONERS, readonly string[]>> = {
  default: [],
  field: ['partition.field.name'],
  time: ['partition.duration.ms', 'path.format', 'locale', 'timezone'],
  daily: ['locale', 'timezone'],
  hourly: ['locale', 'timezone'],
};

const EXAMPLES: Readonly<Record<string, string>> = {
  'partition.field.name': 'the name of a field',
  'partition.duration.ms': '3600000',
  'path.format': "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH",
  locale: 'en-US',
  timezone: 'UTC',
};

const partitionerIsWhole: Rule = (file, values) => {
  const kind = partitionerOf(values);
  if (kind === undefined) return [];
  const name = PARTITIONERS[kind].replace(/^.*\./, '');
  return NEEDS[kind]
    .filter((property) => lacks(file, values, property))
    .map(
      (property): Fault => ({
        ...placeOf(file, property),
        what: `is missing, and the ${name} asks for it`,
        write: `write ${property}=${EXAMPLES[property]}`,
      }),
    );
};

function lacks(file: PropertiesFile, values: Values, property: string): boolean {
  if (!isFilled(file, property)) return true;
  const written = file.properties.findLast(({ key }) => key === property)?.value.trim() ?? '';
  if (property === 'partition.duration.ms') return /^[+-]?\d+$/.test(written) && Number(written) <= 0;
  return property === 'path.format' && written === textOf(values, 'directory.delim');
}

export const partitionerRules: readonly Rule[] = [partitionerIsWhole];

/** Of a file without faults. */
export function buildPartitioner(values: Values): PartitionerConfig {
  const delimiter = values.text('directory.delim');
  switch (partitionerOf(values)) {
    case 'field':
      return { kind: 'field', fields: values.list('partition.field.name') };
    case 'time': {
      const pathFormat = values.text('path.format');
      // As Confluent's: one delimiter at the end is not meant.
      const cut = pathFormat.endsWith(delimiter) ? pathFormat.slice(0, -delimiter.length) : pathFormat;
      return byTime(values, values.number('partition.duration.ms'), cut);
    }
    case 'daily':
      return byTime(values, DAY, ["'year'=YYYY", "'month'=MM", "'day'=dd"].join(delimiter));
    case 'hourly':
      return byTime(values, HOUR, ["'year'=YYYY", "'month'=MM", "'day'=dd", "'hour'=HH"].join(delimiter));
    default:
      return { kind: 'default' };
  }
}

function byTime(values: Values, durationMs: number, pathFormat: string): PartitionerConfig {
  return {
    kind: 'time',
    durationMs,
    pathFormat,
    locale: localeOf(values.text('locale')),
    timeZone: values.text('timezone'),
    extractor: buildExtractor(values),
  };
}

function buildExtractor(values: Values): Extract<PartitionerConfig, { kind: 'time' }>['extractor'] {
  const kind = EXTRACTORS[extractorOf(values.text('timestamp.extractor')) ?? 'Wallclock'];
  return kind === 'field' ? { kind, field: values.text('timestamp.field') } : { kind };
}
