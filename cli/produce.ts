// `connectless produce`: produces lines of JSON as Avro records.
import { Command, Option } from 'commander';
import { kafkaTopicLog } from '../src/kafka/kafka-topic-log';
import type { TopicLog } from '../src/kafka/topic-log';
import { type SchemaRegistry, valueSubject } from '../src/registry/registry';
import { addKafkaOptions, brokersOf, kafkaConfig } from './kafka-options';
import { lineBatches } from './line-batches';
import { type JsonEncoder, jsonEncoder, type LineEncoder, type LineFormat, lineEncoder } from './line-encoder';
import { collected, flag, parseProperties, separator, usage } from './property-option';
import { DEFAULT_REGISTRY, registryAt } from './registry-at';

const PROPERTIES = [
  'value.schema',
  'value.schema.id',
  'key.schema',
  'key.schema.id',
  'parse.key',
  'key.separator',
  'schema.registry.url',
];

const EXAMPLE = `
Properties (--property name=value):
  value.schema               the values' Avro schema: registered as the newest of the topic
  value.schema.id            or the id of one that is registered
  parse.key                  true: a line is a key, the separator and a value
  key.schema, key.schema.id  the keys' Avro schema; without it a key is plain text
  key.separator              default: a tab
  schema.registry.url        http(s)://…, s3://bucket/prefix or file:///directory (default: ${DEFAULT_REGISTRY})

A line that cannot be encoded ends it with status 1; the lines before it are produced, those behind it are not.

Example:
  $ echo '{"item":"coat","price":9.5}' | connectless produce --topic prices \\
      --property value.schema='{"type":"record","name":"p","fields":[{"name":"item","type":"string"},{"name":"price","type":"double"}]}'`;

interface Options {
  readonly topic: string;
  readonly brokerList?: readonly string[];
  readonly bootstrapServer: readonly string[];
  readonly property?: readonly string[];
}

/** The options of Confluent's kafka-avro-console-producer. */
export function produceCommand(): Command {
  const command = new Command('produce')
    .description('produce lines of JSON from standard input as Avro records')
    .requiredOption('--topic <name>', 'the topic')
    .option('--property <name=value>', 'see below; may be given several times', collected);
  return addKafkaOptions(command)
    .addOption(new Option('--broker-list <host:port>', 'the same as --bootstrap-server').argParser(brokersOf))
    .addHelpText('after', EXAMPLE)
    .action(run);
}

async function run({ topic, brokerList, bootstrapServer, property }: Options): Promise<void> {
  const properties = parseProperties(property ?? [], PROPERTIES);
  const registry = await registryAt(properties.get('schema.registry.url') ?? DEFAULT_REGISTRY);
  const log = kafkaTopicLog(kafkaConfig(brokerList ?? bootstrapServer));
  try {
    const partitions = (await log.ends(topic)).length;
    await produceLines(log, topic, lineEncoder(await lineFormat(registry, topic, properties), partitions));
  } finally {
    await log.close();
  }
}

async function lineFormat(
  registry: SchemaRegistry,
  topic: string,
  properties: ReadonlyMap<string, string>,
): Promise<LineFormat> {
  const value = await encoder(registry, valueSubject(topic), properties, 'value');
  if (value === undefined) throw usage('produce needs --property value.schema=… or --property value.schema.id=….');
  if (!flag(properties, 'parse.key')) return { value };
  const encode = await encoder(registry, `${topic}-key`, properties, 'key');
  return { value, key: { separator: separator(properties), encode } };
}

async function encoder(
  registry: SchemaRegistry,
  subject: string,
  properties: ReadonlyMap<string, string>,
  part: 'key' | 'value',
): Promise<JsonEncoder | undefined> {
  const text = properties.get(`${part}.schema`);
  const id = properties.get(`${part}.schema.id`);
  if (text !== undefined) return jsonEncoder(registry, subject, { text });
  if (id === undefined) return undefined;
  if (!/^\d+$/.test(id)) throw usage(`--property ${part}.schema.id=${id}: write the id's number.`);
  return jsonEncoder(registry, subject, { id: Number(id) });
}

/** What stands before a bad line is produced before the error is thrown. */
async function produceLines(log: TopicLog, topic: string, encode: LineEncoder): Promise<void> {
  for await (const lines of lineBatches(process.stdin)) {
    const messages = [];
    try {
      for (const line of lines) messages.push(encode(line));
    } finally {
      await log.append(topic, messages);
    }
  }
}
