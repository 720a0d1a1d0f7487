// Properties of the S3 sink that say in which directory a record belongs.
import { type Definition, unsupported, used } from '../definition';
import { pathFormatProblem } from '../path-format';
import { classes, emptyOr, notEmpty, offOrAtLeast, text, timeZone } from '../validators';

const PACKAGE = 'io.confluent.connect.storage.partitioner';

export const PARTITIONERS = {
  default: `${PACKAGE}.DefaultPartitioner`,
  field: `${PACKAGE}.FieldPartitioner`,
  time: `${PACKAGE}.TimeBasedPartitioner`,
  daily: `${PACKAGE}.DailyPartitioner`,
  hourly: `${PACKAGE}.HourlyPartitioner`,
} as const;

/** By the names that stand for them; Connect takes the class behind each, too. */
export const EXTRACTORS = { Wallclock: 'wallclock', Record: 'record', RecordField: 'field' } as const;

/** `Record` of `Record` and of `io.confluent.…TimeBasedPartitioner$RecordTimestampExtractor`. */
export function extractorOf(value: string): keyof typeof EXTRACTORS | undefined {
  const names = Object.keys(EXTRACTORS) as (keyof typeof EXTRACTORS)[];
  return names.find((name) => value === name || value === `${PARTITIONERS.time}$${name}TimestampExtractor`);
}

const extractor = text(Object.keys(EXTRACTORS).join(' or '), (value) => {
  if (extractorOf(value) !== undefined) return undefined;
  const write = `write ${Object.keys(EXTRACTORS).join(' or ')}`;
  return { what: 'is not supported (extractors of your own are classes of Java)', write };
});

const pathFormat = text("a pattern of Joda's, with text in quotes", pathFormatProblem);

/** Java's `en_US` is the same as `en-US`. */
export function localeOf(value: string): string {
  return value.replaceAll('_', '-');
}

const locale = text('a language tag: `en-US`', (value) => {
  try {
    new Intl.DateTimeFormat(localeOf(value));
    return undefined;
  } catch {
    return { what: 'is no language tag', write: 'write for example en-US' };
  }
});

export const partitioner: readonly Definition[] = [
  ...used([
    [
      'partitioner.class',
      'class',
      PARTITIONERS.default,
      'high',
      'How records are spread over directories.',
      classes(Object.values(PARTITIONERS), 'partitioners of your own are classes of Java'),
    ],
    [
      'partition.field.name',
      'list',
      '',
      'medium',
      'Fields of the FieldPartitioner; a dot leads into a nested one.',
      emptyOr(notEmpty),
    ],
    [
      'partition.duration.ms',
      'long',
      '-1',
      'medium',
      'Length of a directory in time, of the TimeBasedPartitioner.',
      offOrAtLeast(1),
    ],
    [
      'path.format',
      'string',
      '',
      'medium',
      "Pattern of the directories of the TimeBasedPartitioner: `'year'=YYYY/'month'=MM`.",
      emptyOr(pathFormat),
    ],
    ['locale', 'string', '', 'medium', 'Language of that pattern; of all partitioners by time.', emptyOr(locale)],
    [
      'timezone',
      'string',
      '',
      'medium',
      'Time zone of partitioners by time, and of `rotate.schedule.interval.ms`.',
      emptyOr(timeZone),
    ],
    [
      'timestamp.extractor',
      'string',
      'Wallclock',
      'medium',
      'Where partitioners by time have the time from: the wall clock, the timestamp in Kafka, or a field.',
      extractor,
    ],
    ['timestamp.field', 'string', 'timestamp', 'medium', 'That field; a dot leads into a nested one.', notEmpty],
  ]),
  ...unsupported('a directory is always named field=value', [
    ['partition.field.*', 'string', null, 'low', 'Settings of partitioners that others wrote.'],
  ]),
  ...unsupported('the partitioners of Confluent have no such setting', [
    ['partitioner.*', 'string', null, 'low', 'Settings of partitioners that others wrote.'],
  ]),
  ...unsupported("the name of the schema is no part of a file's key yet", [
    ['s3.schema.partition.affix.type', 'string', 'NONE', 'medium', 'Name of the schema in the directory.'],
  ]),
];
