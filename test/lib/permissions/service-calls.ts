// The calls that AWS itself makes with the roles of a template, as its documentation lists them: no test can record these.
import type { Call } from './evaluator';
import type { Resolve } from './resolver';
import {
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  type Placed,
  resourcesOf,
  type Stacks,
  textOf,
  textsOf,
} from './template';

/** A call, and the ARN of the role that it is made with. */
export interface RoleCall extends Call {
  readonly role: string;
}

interface Reading {
  readonly stacks: Stacks;
  readonly resolve: Resolve;
}

/** Of functions, triggers, schedules, flow logs, and of the CDK's own functions. */
export function serviceCalls(reading: Reading): RoleCall[] {
  const of = (type: string, calls: (properties: JsonObject) => readonly RoleCall[]) =>
    resourcesOf(reading.stacks, type).flatMap((placed) => calls(propertiesOf(reading, placed)));
  const roleOf = roles(reading);
  const logCalls = logCallsIn(reading);
  return [
    ...of('AWS::Lambda::Function', (properties) => functionCalls(properties, logCalls)),
    ...of('AWS::Lambda::EventSourceMapping', (mapping) => triggerCalls(mapping, roleOf(mapping.FunctionName))),
    ...of('AWS::Scheduler::Schedule', scheduleCalls),
    ...of('AWS::EC2::FlowLog', (flowLog) => flowLogCalls(flowLog, logCalls)),
    ...[...reading.stacks].flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, { Properties }]) => Properties?.Create !== undefined && Properties.ServiceToken !== undefined)
        .map(([id, resource]) => propertiesOf(reading, { stack, id, resource }))
        .flatMap((resource) => customResourceCalls(resource, roleOf(resource.ServiceToken))),
    ),
  ];
}

/** "AWS Lambda execution role", and "Giving Lambda functions access to resources in an Amazon VPC". */
const VPC_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

function functionCalls(properties: JsonObject, logCalls: LogCalls): RoleCall[] {
  const { Role, LoggingConfig, VpcConfig, Environment, FunctionName } = properties;
  const role = textOf(Role);
  const logGroup = isObject(LoggingConfig) ? textOf(LoggingConfig.LogGroup) : `/aws/lambda/${textOf(FunctionName)}`;
  const behind = isObject(Environment) ? objectOf(Environment.Variables).USER_ON_EVENT_FUNCTION_ARN : undefined;
  return [
    ...logCalls(role, logGroup),
    ...(VpcConfig === undefined ? [] : VPC_ACTIONS.map((action) => ({ role, action, resource: '*' }))),
    // The CDK's framework calls the function behind it; of one that sleeps, it waits until it is awake.
    ...(behind === undefined
      ? []
      : ['lambda:InvokeFunction', 'lambda:GetFunction'].map((action) => ({ role, action, resource: textOf(behind) }))),
  ];
}

type LogCalls = (role: string, logGroup: string) => RoleCall[];

function logCallsIn({ stacks, resolve }: Reading): LogCalls {
  const [stack = ''] = stacks.keys();
  const prefix = textOf(
    resolve(stack, { 'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}` }),
  );
  return (role, logGroup) => {
    const resource = `${prefix}:log-group:${logGroup}:log-stream:made`;
    return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ role, action, resource }));
  };
}

/** "Configuring Lambda permissions for Amazon MSK event source mappings". */
const TRIGGER_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
];

function triggerCalls(mapping: JsonObject, role: string): RoleCall[] {
  const cluster = textOf(mapping.EventSourceArn);
  const on = (resource: string, ...actions: readonly string[]) =>
    actions.map((action): RoleCall => ({ role, action, resource }));
  return [
    ...on('*', ...TRIGGER_ACTIONS),
    ...on(cluster, 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'),
    ...(mapping.SourceAccessConfigurations === undefined
      ? iamLoginCalls(mapping, cluster, on)
      : secretCalls(mapping, on)),
  ];
}

type On = (resource: string, ...actions: readonly string[]) => RoleCall[];

/** The policy that Lambda's documentation gives for a cluster with IAM. */
function iamLoginCalls({ Topics, AmazonManagedKafkaEventSourceConfig: config }: JsonObject, cluster: string, on: On) {
  const below = (kind: string, name: string) => `${cluster.replace(':cluster/', `:${kind}/`)}/${name}`;
  const group = textOf(objectOf(config).ConsumerGroupId);
  return [
    ...on(cluster, 'kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'),
    ...on(below('group', group), 'kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'),
    ...textsOf(Topics).flatMap((topic) =>
      on(below('topic', topic), 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'),
    ),
  ];
}

function secretCalls({ SourceAccessConfigurations: access }: JsonObject, on: On): RoleCall[] {
  const secrets = Array.isArray(access) ? access.map((one) => textOf(objectOf(one).URI)) : [];
  return secrets.flatMap((secret) => on(secret, 'secretsmanager:GetSecretValue'));
}

function scheduleCalls({ Target }: JsonObject): RoleCall[] {
  const { Arn, RoleArn } = objectOf(Target);
  return [{ role: textOf(RoleArn), action: 'lambda:InvokeFunction', resource: textOf(Arn) }];
}

function flowLogCalls({ DeliverLogsPermissionArn, LogGroupName }: JsonObject, logCalls: LogCalls): RoleCall[] {
  const calls = logCalls(textOf(DeliverLogsPermissionArn), textOf(LogGroupName));
  return [...calls, ...calls.slice(0, 1).map((call) => ({ ...call, action: 'logs:DescribeLogStreams' }))];
}

const PREFIXES: Readonly<Record<string, string>> = { EC2: 'ec2', Kafka: 'kafka' };

/** A call of the CDK's AwsCustomResource, as its resource's properties have it. */
function customResourceCalls({ Create, Update }: JsonObject, role: string): RoleCall[] {
  return [Create, Update ?? Create].map((text) => {
    const { service, action, parameters } = JSON.parse(textOf(text));
    const prefix = PREFIXES[service];
    if (prefix === undefined) throw new Error(`Which prefix has ${service} in IAM?`);
    const name = `${action[0].toUpperCase()}${action.slice(1)}`;
    return { role, action: `${prefix}:${name}`, resource: parameters.ClusterArn ?? '*' };
  });
}

/** ARN of the role of a function that is named, or whose ARN is given. */
function roles(reading: Reading): (named: Json | undefined) => string {
  const functions = resourcesOf(reading.stacks, 'AWS::Lambda::Function');
  return (named) => {
    const found = functions.find(({ stack, id }) =>
      [{ Ref: id }, { 'Fn::GetAtt': [id, 'Arn'] }].some((reference) => reading.resolve(stack, reference) === named),
    );
    if (found === undefined) throw new Error(`No function is ${JSON.stringify(named)}`);
    return textOf(propertiesOf(reading, found).Role);
  };
}

function propertiesOf({ resolve }: Reading, { stack, resource }: Placed): JsonObject {
  return objectOf(resolve(stack, resource.Properties ?? {}));
}
