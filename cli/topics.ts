// `connectless topics`: creates, lists and describes topics.
import { Command } from 'commander';
import { type TopicAdmin, type TopicDescription, withTopicAdmin } from '../src/kafka/topic-admin';
import { addKafkaOptions, kafkaConfig, positive } from './kafka-options';
import { usage } from './property-option';

const EXAMPLE = `
Example:
  $ connectless topics --create --topic confluent-in-prices --partitions 1 --replication-factor 1
  $ connectless topics --describe --topic confluent-in-prices --bootstrap-server localhost:9092`;

interface Options {
  readonly create?: true;
  readonly list?: true;
  readonly describe?: true;
  readonly topic?: string;
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly ifNotExists?: true;
  readonly bootstrapServer: readonly string[];
}

/** The options of Kafka's kafka-topics. */
export function topicsCommand(): Command {
  const command = new Command('topics')
    .description('create, list and describe topics')
    .option('--create', 'create the topic')
    .option('--list', 'list all topics')
    .option('--describe', 'describe the topic, or all topics: partitions, leaders, replicas')
    .option('--topic <name>', 'the topic')
    .option('--partitions <number>', "partitions of a topic to create (default: the broker's)", positive)
    .option('--replication-factor <number>', "copies of each of its partitions (default: the broker's)", positive)
    .option('--if-not-exists', 'create it unless it exists');
  return addKafkaOptions(command).addHelpText('after', EXAMPLE).action(run);
}

async function run(options: Options): Promise<void> {
  const actions = [options.create && create, options.list && list, options.describe && describe].filter(isAction);
  const [action] = actions;
  if (action === undefined || actions.length > 1) throw usage('topics needs one of --create, --list, --describe.');
  const lines = await withTopicAdmin(kafkaConfig(options.bootstrapServer), (admin) => action(admin, options));
  for (const line of lines) console.log(line);
}

type Action = (admin: TopicAdmin, options: Options) => Promise<readonly string[]>;

function isAction(action: Action | undefined): action is Action {
  return action !== undefined;
}

async function create(admin: TopicAdmin, options: Options): Promise<readonly string[]> {
  const { topic, partitions, replicationFactor, ifNotExists } = options;
  if (topic === undefined) throw usage('--create needs --topic.');
  const isNew = await admin.create({
    topic,
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
  });
  if (isNew) return [`Created topic ${topic}.`];
  if (ifNotExists) return [];
  throw usage(`Topic ${topic} exists already. With --if-not-exists that is no error.`);
}

async function list(admin: TopicAdmin): Promise<readonly string[]> {
  return admin.list();
}

async function describe(admin: TopicAdmin, { topic }: Options): Promise<readonly string[]> {
  const described = await admin.describe(topic === undefined ? await admin.list() : [topic]);
  return described.flatMap(descriptionLines);
}

/** As kafka-topics prints them. */
function descriptionLines({ topic, partitions }: TopicDescription): string[] {
  const replicas = partitions[0]?.replicas.length ?? 0;
  return [
    `Topic: ${topic}\tPartitionCount: ${partitions.length}\tReplicationFactor: ${replicas}`,
    ...partitions.map(
      (one) =>
        `\tTopic: ${topic}\tPartition: ${one.partition}\tLeader: ${one.leader}\tReplicas: ${one.replicas}\tIsr: ${one.isr}`,
    ),
  ];
}
