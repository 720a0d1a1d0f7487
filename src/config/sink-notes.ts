// Properties of a sink's file that nothing looks at beside the others: accepted, as in Connect, and said.
import type { Values } from './check';
import { settingsOfOthers } from './converter-notes';
import type { Side } from './converters';
import { extractorOf } from './definitions/sink-partitioner';
import type { PropertiesFile } from './properties';
import type { Note } from './report';
import { textOf } from './rule';
import { DEAD_LETTERS } from './sink-errors';
import { formatOf, GZIP, type Kind, partsOf } from './sink-format';
import { isByTime, partitionerOf } from './sink-partitioner';
import { INTERVAL, positiveOf, SCHEDULE } from './sink-rotation';

interface Idle {
  /** One that ends in `.` stands for all that begin so. */
  readonly names: readonly string[];
  readonly why: string;
  readonly isIdle: (values: Values) => boolean;
}

const is = (name: string, value: string | boolean) => (values: Values) => values.find(name) === value;
const not = (condition: (values: Values) => boolean) => (values: Values) => !condition(values);
const has = (kind: Kind) => (values: Values) => partsOf(values).some((part) => formatOf(values, part) === kind);
const nullsAre = (behavior: string) => (values: Values) =>
  textOf(values, 'behavior.on.null.values')?.toLowerCase() === behavior;

const PARTITIONERS: readonly Idle[] = [
  {
    names: [INTERVAL],
    why: 'It goes by the timestamps of a partitioner by time, and this is none: Kafka Connect ignores it, too.',
    isIdle: (values) => positiveOf(values, INTERVAL) !== undefined && !isByTime(values),
  },
  {
    names: ['rotate.file.on.partition.change'],
    why: `It belongs to ${INTERVAL} and a partitioner by time.`,
    isIdle: (values) => positiveOf(values, INTERVAL) === undefined || !isByTime(values),
  },
  {
    names: ['partition.field.name'],
    why: 'Only the FieldPartitioner looks at it.',
    isIdle: (values) => partitionerOf(values) !== 'field',
  },
  {
    names: ['partition.duration.ms', 'path.format'],
    why: 'Only the TimeBasedPartitioner looks at it.',
    isIdle: (values) => partitionerOf(values) !== 'time',
  },
  { names: ['locale', 'timestamp.extractor'], why: 'Only partitioners by time look at it.', isIdle: not(isByTime) },
  {
    names: ['timezone'],
    why: `Only partitioners by time and ${SCHEDULE} look at it.`,
    isIdle: (values) => !isByTime(values) && positiveOf(values, SCHEDULE) === undefined,
  },
  {
    names: ['timestamp.field'],
    why: 'Only timestamp.extractor=RecordField looks at it.',
    isIdle: (values) => !isByTime(values) || extractorOf(textOf(values, 'timestamp.extractor') ?? '') !== 'RecordField',
  },
];

const FORMATS: readonly Idle[] = [
  { names: ['avro.codec'], why: 'No file is an Avro file.', isIdle: not(has('avro')) },
  {
    names: ['connectless.avro.deflate.level'],
    why: 'No file is an Avro file with avro.codec=deflate.',
    isIdle: (values) => !has('avro')(values) || textOf(values, 'avro.codec') !== 'deflate',
  },
  { names: ['parquet.codec'], why: 'No file is a Parquet file.', isIdle: not(has('parquet')) },
  { names: ['json.decimal.format'], why: 'No file is a JSON file.', isIdle: not(has('json')) },
  { names: ['format.bytearray.'], why: 'No file is a ByteArray file.', isIdle: not(has('bytes')) },
  { names: ['s3.compression.level'], why: `It belongs to ${GZIP}=gzip.`, isIdle: not(is(GZIP, 'gzip')) },
  {
    names: ['keys.format.class', 'key.converter', 'key.converter.'],
    why: 'Keys are not stored.',
    isIdle: not(is('store.kafka.keys', true)),
  },
  {
    names: ['headers.format.class', 'header.converter'],
    why: 'Headers are not stored.',
    isIdle: not(is('store.kafka.headers', true)),
  },
];

const ERRORS: readonly Idle[] = [
  {
    names: ['report.null.values.to.dlq'],
    why: `It belongs to behavior.on.null.values=ignore and ${DEAD_LETTERS}.`,
    isIdle: (values) => !nullsAre('ignore')(values) || textOf(values, DEAD_LETTERS) === '',
  },
  {
    names: ['tombstone.encoded.partition'],
    why: 'It belongs to behavior.on.null.values=write.',
    isIdle: not(nullsAre('write')),
  },
  {
    names: ['errors.deadletterqueue.topic.replication.factor', 'errors.deadletterqueue.context.headers.enable'],
    why: `There is no ${DEAD_LETTERS}.`,
    isIdle: is(DEAD_LETTERS, ''),
  },
  {
    names: ['errors.log.include.messages'],
    why: 'It belongs to errors.log.enable=true.',
    isIdle: not(is('errors.log.enable', true)),
  },
  {
    names: ['errors.retry.delay.max.ms'],
    why: 'Nothing is tried again: errors.retry.timeout is 0.',
    isIdle: (values) => values.find('errors.retry.timeout') === 0,
  },
  {
    names: ['s3.object.tagging.key.value.pairs', 's3.object.behavior.on.tagging.error'],
    why: 'It belongs to s3.object.tagging=true.',
    isIdle: not(is('s3.object.tagging', true)),
  },
];

export function sinkNotes(file: PropertiesFile, values: Values): Note[] {
  const sides: readonly Side[] = values.find('store.kafka.keys') === true ? ['value', 'key'] : ['value'];
  return [...idleIn(file, values), ...settingsOfOthers(file, values, sides)];
}

function idleIn({ file, properties }: PropertiesFile, values: Values): Note[] {
  const idle = [...PARTITIONERS, ...FORMATS, ...ERRORS].filter(({ isIdle }) => isIdle(values));
  return properties.flatMap(({ key, line }) => {
    const found = idle.find(({ names }) =>
      names.some((name) => (name.endsWith('.') ? key.startsWith(name) : key === name)),
    );
    return found === undefined ? [] : [{ file, line, property: key, why: found.why }];
  });
}
