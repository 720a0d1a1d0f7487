// The calls of every function of a deployment, as its own files make it do them.
import type { Configuration } from '../synthesis/configurations';
import type { Synthesis } from '../synthesis/synthesis';
import { type Around, connectorCalls, registryCalls, secretCalls, topicCalls } from './configured-calls';
import { type DeployedFunction, deployedFunctions } from './deployed-functions';
import type { Call } from './evaluator';
import { loaded } from './loaded';
import { PLACE, type Resolve } from './resolver';
import { stacksOf } from './synthesised';
import { type JsonObject, objectOf, resourcesOf, type Stacks, textOf } from './template';

/** By the ARN of the function's role. */
export async function configuredCalls(
  made: Synthesis,
  resolve: Resolve,
  configuration: Configuration,
): Promise<ReadonlyMap<string, readonly Call[]>> {
  const stacks = stacksOf(made);
  const around = aroundIn(stacks, resolve, configuration);
  const calls = new Map<string, readonly Call[]>();
  for (const one of deployedFunctions(made, resolve)) calls.set(one.role, await callsOf(one, stacks, resolve, around));
  return calls;
}

async function callsOf(one: DeployedFunction, stacks: Stacks, resolve: Resolve, around: Around): Promise<Call[]> {
  const behind = (type: string) => answeredBy(one, stacks, resolve, type);
  if (one.kind === 'bootstrap') return behind('Custom::DatabaseBootstrap').flatMap(bootstrapCalls);
  if (one.kind === 'preflight') return behind('Custom::SourcePreflight').map((asked) => preflightCall(asked, around));
  const { worker, connector, secrets } = await loaded(one, around.region);
  if (connector !== undefined) return connectorCalls({ worker, secrets }, connector, around);
  if (one.kind === 'registry') return registryCalls(worker, ['GetObject', 'PutObject']);
  const topics = propertiesOf('Custom::KafkaTopic', stacks, resolve).map(({ Topic }) => textOf(Topic));
  const isIam = worker.kafka.sasl?.mechanism === 'AWS_MSK_IAM';
  return [
    ...secretCalls(secrets, around.region),
    ...(isIam ? topics.flatMap((topic) => topicCalls(topic, around.clusterArn)) : []),
  ];
}

function bootstrapCalls({ ClusterArn, SecretArn, PasswordSecretArn }: JsonObject): Call[] {
  const secrets = [SecretArn, ...(PasswordSecretArn === undefined ? [] : [PasswordSecretArn])];
  return [
    { action: 'rds-data:ExecuteStatement', resource: textOf(ClusterArn) },
    ...secrets.map((secret) => ({ action: 'secretsmanager:GetSecretValue', resource: textOf(secret) })),
  ];
}

function preflightCall({ FunctionName }: JsonObject, { region }: Around): Call {
  const { partition, account } = PLACE;
  const resource = `arn:${partition}:lambda:${region}:${account}:function:${textOf(FunctionName)}`;
  return { action: 'lambda:InvokeFunction', resource };
}

/** Properties of the custom resources of that type whose provider calls the function. */
function answeredBy(one: DeployedFunction, stacks: Stacks, resolve: Resolve, type: string): JsonObject[] {
  const providers = resourcesOf(stacks, 'AWS::Lambda::Function').flatMap(({ stack, id, resource }) => {
    const { Environment = {} } = objectOf(resolve(stack, resource.Properties ?? {}));
    const { USER_ON_EVENT_FUNCTION_ARN: called } = objectOf(objectOf(Environment).Variables ?? {});
    return called === one.arn ? [resolve(stack, { 'Fn::GetAtt': [id, 'Arn'] })] : [];
  });
  return propertiesOf(type, stacks, resolve).filter(({ ServiceToken = '' }) => providers.includes(ServiceToken));
}

function propertiesOf(type: string, stacks: Stacks, resolve: Resolve): JsonObject[] {
  return resourcesOf(stacks, type).map(({ stack, resource }) => objectOf(resolve(stack, resource.Properties ?? {})));
}

const IDS = { 'AWS::RDS::DBCluster': 'DBClusterResourceId', 'AWS::RDS::DBInstance': 'DbiResourceId' } as const;

function aroundIn(stacks: Stacks, resolve: Resolve, { settings = {} }: Configuration): Around {
  const [mapping] = propertiesOf('AWS::Lambda::EventSourceMapping', stacks, resolve);
  const [made] = Object.entries(IDS).flatMap(([type, attribute]) =>
    resourcesOf(stacks, type).map(({ stack, id }) => textOf(resolve(stack, { 'Fn::GetAtt': [id, attribute] }))),
  );
  const [stack = ''] = stacks.keys();
  return {
    region: textOf(resolve(stack, { Ref: 'AWS::Region' })),
    clusterArn: textOf(mapping?.EventSourceArn),
    databaseId: made ?? settings['connectless.database.resource.id'] ?? '',
  };
}
