// Who has to reach what: read from the functions' environment and files, and from the triggers.
import { resolver } from '../permissions/resolver';
import { stacksOf } from '../permissions/synthesised';
import {
  type JsonObject,
  listOf,
  objectOf,
  type Placed,
  resourcesOf,
  type Stacks,
  textOf,
  textsOf,
} from '../permissions/template';
import type { Synthesis } from '../synthesis/synthesis';

/** Network interfaces: where they stand, and whose security groups they have. */
export interface Stand {
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
}

export type Target =
  | { readonly kind: 'interfaces'; readonly name: 'brokers' | 'database'; readonly at: Stand }
  /** A service of AWS, by the name that its endpoint has. */
  | { readonly kind: 'service'; readonly name: 's3' | 'lambda' | 'sts' | 'secretsmanager' | 'glue' | 'rds-data' }
  /** Known by its name alone. */
  | { readonly kind: 'host'; readonly name: string };

export interface Need {
  /** A function's name, or its trigger's consumer group. */
  readonly who: string;
  readonly from: Stand;
  readonly target: Target;
  readonly port: number;
}

/** What exists is known by what the settings say. */
export interface Existing {
  readonly brokers?: string;
  readonly database?: string;
}

export function needsOf(synthesis: Synthesis, existing: Existing): Need[] {
  const stacks = stacksOf(synthesis);
  const made = { brokers: brokersIn(stacks), database: databaseIn(stacks) };
  const read = reader(stacks);
  const functions = resourcesOf(stacks, 'AWS::Lambda::Function').map(read);
  return [
    ...functions.flatMap((one) =>
      functionNeeds(one, Object.values(filesOf(synthesis, one)).join('\n'), made, existing),
    ),
    ...resourcesOf(stacks, 'AWS::Lambda::EventSourceMapping')
      .map(read)
      .flatMap((mapping) => triggerNeeds(mapping, made.brokers)),
  ];
}

interface Made {
  readonly brokers: Stand | undefined;
  readonly database: Stand | undefined;
}

/** Outside of a VPC, every host is within reach. */
function functionNeeds(one: JsonObject, files: string, made: Made, existing: Existing): Need[] {
  const { VpcConfig, FunctionName, Environment } = one;
  if (VpcConfig === undefined) return [];
  const { SubnetIds, SecurityGroupIds } = objectOf(VpcConfig);
  const from = { subnets: textsOf(SubnetIds), groups: textsOf(SecurityGroupIds) };
  const variables = objectOf(objectOf(Environment).Variables);
  const need = (port: number, target: Target): Need => ({ who: textOf(FunctionName), from, port, target });
  const at = (name: 'brokers' | 'database'): Target => ({
    kind: 'interfaces',
    name,
    at: made[name] ?? { subnets: [], groups: [existing[name] ?? ''].filter(Boolean) },
  });
  const { CONNECTLESS_BOOTSTRAP_SERVERS: brokers, CONNECTLESS_DATABASE_PORT: database } = variables;
  return [
    ...(brokers === undefined ? [] : [need(Number(textOf(brokers).replace(/^.*:/s, '')), at('brokers'))]),
    ...(database === undefined ? [] : [need(Number(database), at('database'))]),
    ...(variables.CONNECTLESS_DATABASE_CLUSTER_ARN === undefined
      ? []
      : [need(443, { kind: 'service', name: 'rds-data' })]),
    ...(variables.CONNECTLESS_STATE_BUCKET === undefined ? [] : [need(443, { kind: 'service', name: 's3' })]),
    ...(refersToSecrets(files) ? [need(443, { kind: 'service', name: 'secretsmanager' })] : []),
    ...(files.includes('AWSKafkaAvroConverter') ? [need(443, { kind: 'service', name: 'glue' })] : []),
    ...registries(files).map(({ host, port }) => need(port, { kind: 'host', name: host })),
  ];
}

/** The Data API reads the secret that its URL names, and no function does. */
function refersToSecrets(files: string): boolean {
  return /\$\{secretsmanager\\?:/.test(files);
}

/** URLs of registries that are somebody else's, as the deployed files have them. */
function registries(files: string): { host: string; port: number }[] {
  const written = [...files.matchAll(/^[\w.]*schema\.registry\.url=(https?\S+)$/gm)].map(([, url = '']) => url);
  return [...new Set(written)].map((url) => {
    const { hostname, port, protocol } = new URL(url.replaceAll('\\', ''));
    return { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  });
}

/** A trigger's pollers stand where the cluster's brokers do. Of a cluster that exists, its owner has let them to each other. */
function triggerNeeds(mapping: JsonObject, brokers: Stand | undefined): Need[] {
  if (brokers === undefined) return [];
  const who = `trigger ${textOf(objectOf(mapping.AmazonManagedKafkaEventSourceConfig).ConsumerGroupId)}`;
  const need = (port: number, target: Target): Need => ({ who, from: brokers, port, target });
  const onDemand = mapping.ProvisionedPollerConfig === undefined;
  return [
    need(mapping.SourceAccessConfigurations === undefined ? 9098 : 9096, {
      kind: 'interfaces',
      name: 'brokers',
      at: brokers,
    }),
    ...(onDemand ? (['lambda', 'sts'] as const).map((name) => need(443, { kind: 'service', name })) : []),
  ];
}

function brokersIn(stacks: Stacks): Stand | undefined {
  const [provisioned] = resourcesOf(stacks, 'AWS::MSK::Cluster').map(reader(stacks, 'BrokerNodeGroupInfo'));
  const [serverless] = resourcesOf(stacks, 'AWS::MSK::ServerlessCluster').map(reader(stacks, 'VpcConfigs'));
  if (provisioned !== undefined) {
    const { ClientSubnets, SecurityGroups } = objectOf(provisioned.BrokerNodeGroupInfo);
    return { subnets: textsOf(ClientSubnets), groups: textsOf(SecurityGroups) };
  }
  if (serverless === undefined) return undefined;
  const { SubnetIds, SecurityGroups } = objectOf(listOf(serverless.VpcConfigs)[0]);
  return { subnets: textsOf(SubnetIds), groups: textsOf(SecurityGroups) };
}

/** An instance of Aurora has the groups of its cluster. */
function databaseIn(stacks: Stacks): Stand | undefined {
  const read = reader(stacks, 'VpcSecurityGroupIds', 'VPCSecurityGroups', 'SubnetIds');
  const databases = resourcesOf(stacks, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').map(read);
  const groups = databases.flatMap((one) => textsOf(one.VpcSecurityGroupIds ?? one.VPCSecurityGroups));
  const subnets = resourcesOf(stacks, 'AWS::RDS::DBSubnetGroup').map(read);
  return databases.length === 0 ? undefined : { groups, subnets: subnets.flatMap((one) => textsOf(one.SubnetIds)) };
}

/** Those properties, resolved. @param names none: all */
function reader(stacks: Stacks, ...names: readonly string[]): (placed: Placed) => JsonObject {
  const resolve = resolver(stacks);
  return ({ stack, resource: { Properties = {} } }) => {
    const wanted = Object.entries(Properties).filter(([name]) => names.length === 0 || names.includes(name));
    return objectOf(resolve(stack, Object.fromEntries(wanted)));
  };
}

/** Beside its bundle; none for the CDK's own functions. */
function filesOf({ code }: Synthesis, { Code }: JsonObject): Readonly<Record<string, string>> {
  const files = code[textOf(objectOf(Code).S3Key)] ?? {};
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.properties')));
}

/** For tables and messages. */
export function nameOf({ who, target, port }: Need): string {
  return `${who} → ${target.name}:${port}`;
}
