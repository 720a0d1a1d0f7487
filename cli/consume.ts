// `connectless consume`: prints the Avro records of a topic as JSON.
import { once } from 'node:events';
import { Command, Option } from 'commander';
import { kafkaTopicLog } from '../src/kafka/kafka-topic-log';
import type { LogRecord, TopicLog } from '../src/kafka/topic-log';
import { follow } from './follow';
import { addKafkaOptions, kafkaConfig, positive } from './kafka-options';
import { collected, flag, parseProperties, separator } from './property-option';
import { type RecordPrinter, recordPrinter } from './record-json';
import { DEFAULT_REGISTRY, registryAt } from './registry-at';

const PROPERTIES = [
  'print.timestamp',
  'print.partition',
  'print.offset',
  'print.key',
  'key.separator',
  'schema.registry.url',
];

const EXAMPLE = `
Properties (--property name=value):
  schema.registry.url        http(s)://…, s3://bucket/prefix or file:///directory (default: ${DEFAULT_REGISTRY})
  print.key, print.timestamp, print.offset, print.partition
                             true to print it before the value
  key.separator              what stands between them (default: a tab)

Ctrl-C ends it; the number of records is printed to stderr.

Example:
  $ connectless consume --topic confluent-in-prices --from-beginning --property print.key=true`;

interface Options {
  readonly topic: string;
  readonly fromBeginning?: true;
  readonly maxMessages?: number;
  readonly timeoutMs?: number;
  readonly property?: readonly string[];
  readonly newConsumer?: true;
  readonly bootstrapServer: readonly string[];
}

/** The options of Confluent's kafka-avro-console-consumer. */
export function consumeCommand(): Command {
  const command = new Command('consume')
    .description('print the Avro records of a topic as JSON, one a line, as they come')
    .requiredOption('--topic <name>', 'the topic')
    .option('--from-beginning', 'begin with the first record, not with the next one')
    .option('--max-messages <number>', 'end after so many records', positive)
    .option('--timeout-ms <number>', 'end when no record has come for so long', positive)
    .option('--property <name=value>', 'see below; may be given several times', collected)
    .addOption(new Option('--new-consumer').hideHelp());
  return addKafkaOptions(command).addHelpText('after', EXAMPLE).action(run);
}

async function run(options: Options): Promise<void> {
  if (options.newConsumer) console.error('--new-consumer can be left out: it is the only one today.');
  const properties = parseProperties(options.property ?? [], PROPERTIES);
  const registry = await registryAt(properties.get('schema.registry.url') ?? DEFAULT_REGISTRY);
  const lineOf = lineWriter(recordPrinter(registry, options.topic), properties);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const log = kafkaTopicLog(kafkaConfig(options.bootstrapServer));
  let count = 0;
  try {
    for await (const record of await records(log, options, stop.signal)) {
      await print(await lineOf(record));
      count += 1;
      if (count === options.maxMessages) break;
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await log.close();
    console.error(`Processed a total of ${count} messages`);
  }
}

async function records(log: TopicLog, { topic, fromBeginning, timeoutMs }: Options, signal: AbortSignal) {
  return follow(log, topic, fromBeginning ? [] : await log.ends(topic), signal, timeoutMs);
}

/** The parts in the order of Kafka's own console consumer. */
function lineWriter(printer: RecordPrinter, properties: ReadonlyMap<string, string>) {
  const parts: Array<(record: LogRecord) => string | Promise<string>> = [];
  if (flag(properties, 'print.timestamp')) {
    parts.push(({ timestampType, timestamp }) => `${timestampType ?? 'CreateTime'}:${timestamp}`);
  }
  if (flag(properties, 'print.partition')) parts.push(({ partition }) => `Partition:${partition}`);
  if (flag(properties, 'print.offset')) parts.push(({ offset }) => `Offset:${offset}`);
  if (flag(properties, 'print.key')) parts.push(printer.key);
  parts.push(printer.value);
  return async (record: LogRecord) =>
    (await Promise.all(parts.map((part) => part(record)))).join(separator(properties));
}

async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}
