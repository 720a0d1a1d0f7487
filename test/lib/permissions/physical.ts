// What AWS would answer for a resource's reference and attributes: made up, well-formed, and the same each time.
import { createHash } from 'node:crypto';
import type { Json } from './template';

/** Where the stacks are imagined to be. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Within the names that AWS would choose: another run's are others. */
  readonly run: string;
}

interface Named {
  readonly place: Place;
  readonly stack: string;
  readonly id: string;
  /** A property of the resource, resolved. */
  readonly given: (property: string) => Json | undefined;
}

/** By attribute; `Ref` beside them. */
type Attributes = Readonly<Record<string, (named: Named) => string>>;

const databaseAddress: Attributes = {
  'Endpoint.Address': (named) => `made.cluster-${hex(named, 12)}.${named.place.region}.rds.amazonaws.com`,
  'Endpoint.Port': ({ given }) => String(given('Port') ?? 5432),
  'MasterUserSecret.SecretArn': (named) => arn(named, 'secretsmanager', `secret:rds!cluster-${uuid(named)}-AbCdEf`),
};

const cluster: Attributes = {
  Ref: (named) => clusterArn(named),
  Arn: (named) => clusterArn(named),
};

const byPrefix = (prefix: string): Attributes => ({ Ref: (named) => `${prefix}-${hex(named, 17)}` });

const TYPES: Readonly<Record<string, Attributes>> = {
  'AWS::ApiGatewayV2::Api': {
    Ref: (named) => hex(named, 10),
    ApiEndpoint: (named) => `https://${hex(named, 10)}.execute-api.${named.place.region}.amazonaws.com`,
  },
  'AWS::EC2::RouteTable': byPrefix('rtb'),
  'AWS::EC2::SecurityGroup': { ...byPrefix('sg'), GroupId: (named) => `sg-${hex(named, 17)}` },
  'AWS::EC2::Subnet': byPrefix('subnet'),
  'AWS::EC2::VPC': byPrefix('vpc'),
  'AWS::EC2::VPCEndpoint': byPrefix('vpce'),
  'AWS::IAM::Role': {
    Ref: (named) => chosen(named, 'RoleName'),
    Arn: (named) => global(named, 'iam', `role/${chosen(named, 'RoleName')}`),
  },
  'AWS::KMS::Key': { Ref: (named) => uuid(named), Arn: (named) => arn(named, 'kms', `key/${uuid(named)}`) },
  'AWS::Lambda::Function': {
    Ref: (named) => chosen(named, 'FunctionName'),
    Arn: (named) => arn(named, 'lambda', `function:${chosen(named, 'FunctionName')}`),
  },
  'AWS::Logs::LogGroup': {
    Ref: (named) => chosen(named, 'LogGroupName'),
    Arn: (named) => arn(named, 'logs', `log-group:${chosen(named, 'LogGroupName')}:*`),
  },
  'AWS::MSK::Cluster': cluster,
  'AWS::MSK::ServerlessCluster': cluster,
  'AWS::RDS::DBCluster': {
    ...databaseAddress,
    Ref: (named) => chosen(named, 'DBClusterIdentifier'),
    DBClusterResourceId: (named) => `cluster-${hex(named, 26).toUpperCase()}`,
  },
  'AWS::RDS::DBInstance': {
    ...databaseAddress,
    Ref: (named) => chosen(named, 'DBInstanceIdentifier'),
    DbiResourceId: (named) => `db-${hex(named, 26).toUpperCase()}`,
  },
  'AWS::RDS::DBSubnetGroup': { Ref: (named) => chosen(named, 'DBSubnetGroupName').toLowerCase() },
  'AWS::S3::Bucket': {
    Ref: (named) => bucketName(named),
    Arn: (named) => `arn:${named.place.partition}:s3:::${bucketName(named)}`,
  },
  'AWS::SecretsManager::Secret': {
    Ref: (named) => arn(named, 'secretsmanager', `secret:${named.id}-${hex(named, 6)}`),
  },
  'AWS::SNS::Topic': { Ref: (named) => arn(named, 'sns', chosen(named, 'TopicName')) },
  'Custom::BootstrapBrokers': {
    BootstrapBrokerStringSaslIam: ({ place }) => `b-1.made.abcdef.c2.kafka.${place.region}.amazonaws.com:9098`,
  },
  'Custom::S3PrefixList': { 'PrefixLists.0.PrefixListId': (named) => `pl-${hex(named, 17)}` },
};

/** `attribute`: `Ref` for the reference. Throws for what no answer is known for. */
export function physical(type: string, attribute: string, named: Named): Json {
  const answer = TYPES[type]?.[attribute];
  if (answer !== undefined) return answer(named);
  throw new Error(`No answer is known for ${attribute} of a ${type} (${named.stack}, ${named.id})`);
}

/** As the template says, or as CloudFormation chooses: of stack and logical id. */
function chosen({ place, stack, id, given }: Named, property: string): string {
  const name = given(property);
  return typeof name === 'string' ? name : `${stack}-${id}-${place.run}`;
}

function bucketName(named: Named): string {
  return chosen(named, 'BucketName').toLowerCase().slice(-63).replace(/^-+/, '');
}

function clusterArn(named: Named): string {
  return arn(named, 'kafka', `cluster/${chosen(named, 'ClusterName')}/${uuid(named)}-2`);
}

function arn({ place: { partition, region, account } }: Named, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function global({ place: { partition, account } }: Named, service: string, resource: string): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}

function hex({ stack, id }: Named, digits: number): string {
  return createHash('sha256').update(`${stack}/${id}`).digest('hex').slice(0, digits);
}

function uuid(named: Named): string {
  return hex(named, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
