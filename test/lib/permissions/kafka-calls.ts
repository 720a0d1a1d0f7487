// What MSK asks IAM for each operation that Kafka's authorizer wrote into its log.
import type { Call } from './evaluator';

interface Operation {
  /** Who logged in. */
  readonly user: string;
  readonly operation: string;
  /** Kafka's type of resource and its name. */
  readonly type: string;
  readonly name: string;
  /** The request that asked. */
  readonly request: string;
}

const LINE =
  /^Principal = User:(\S+) is (Allowed|Denied) operation = (\w+) from host = \S+ on resource = (\w+):LITERAL:(\S+) for request = (\w+) /;

/** Those that a user was allowed, each once. Throws for a line of another form: what it says must not be passed over. */
export function operationsOf(log: string, user: string): Operation[] {
  const lines = new Set(log.split('\n').filter((line) => line !== ''));
  const operations = [...lines].flatMap((line): Operation[] => {
    const [, who = '', outcome, operation = '', type = '', name = '', request = ''] = LINE.exec(line) ?? unread(line);
    return who === user && outcome === 'Allowed' ? [{ user: who, operation, type, name, request }] : [];
  });
  return operations.filter((one) => !isForTheAnswerOnly(one, operations));
}

function unread(line: string): never {
  throw new Error(`The authorizer wrote: ${line}`);
}

/**
 * What may be denied without harm: the answer has less in it then. CreateTopics tells the new topic's configuration to whom may see
 * it; a list of all topics has those that one may see, among them such as nobody asked about.
 */
function isForTheAnswerOnly({ operation, request, type, name }: Operation, all: readonly Operation[]): boolean {
  if (request === 'CreateTopics') return operation === 'DESCRIBE_CONFIGS';
  return (
    request === 'Metadata' && !all.some((one) => one.type === type && one.name === name && one.request !== request)
  );
}

/** Kafka's operations as MSK's actions, each with what AWS's page "Semantics of IAM authorization policy actions and resources" demands beside it. */
const ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Cluster: {
    DESCRIBE: ['DescribeCluster'],
    DESCRIBE_CONFIGS: ['DescribeClusterDynamicConfiguration'],
    IDEMPOTENT_WRITE: ['WriteDataIdempotently'],
  },
  Topic: {
    ALTER: ['AlterTopic', 'DescribeTopic'],
    ALTER_CONFIGS: ['AlterTopicDynamicConfiguration', 'DescribeTopicDynamicConfiguration'],
    CREATE: ['CreateTopic'],
    DESCRIBE: ['DescribeTopic'],
    DESCRIBE_CONFIGS: ['DescribeTopicDynamicConfiguration'],
    // And AlterGroup, says the page: of a group, where there is one. Who reads by offset has none.
    READ: ['ReadData', 'DescribeTopic'],
    WRITE: ['WriteData', 'DescribeTopic'],
  },
  Group: {
    DESCRIBE: ['DescribeGroup'],
    READ: ['AlterGroup', 'DescribeGroup'],
  },
};

/** `clusterArn`: `arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID`. Throws for an operation that nobody has thought about yet. */
export function mskCalls({ operation, type, name, request }: Operation, clusterArn: string): readonly Call[] {
  const actions = ACTIONS[type]?.[operation];
  if (actions === undefined) throw new Error(`What does ${operation} on ${type} ${name} (${request}) need?`);
  const below = clusterArn.replace(':cluster/', `:${type.toLowerCase()}/`);
  const resource = type === 'Cluster' ? clusterArn : `${below}/${name}`;
  return [
    { action: 'kafka-cluster:Connect', resource: clusterArn },
    ...actions.map((action) => ({ action: `kafka-cluster:${action}`, resource })),
  ];
}
