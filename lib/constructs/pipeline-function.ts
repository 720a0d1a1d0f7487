// One step's Lambda function: role, log group, code with its property files, and its place in the VPC.
import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { type ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { explainWildcards, type WildcardReason } from '../validation';
import type { FunctionNetwork } from './network';

export interface PipelineFunctionProps {
  /** Name of the function. */
  readonly functionName: string;
  /** One line for the console. */
  readonly description: string;
  /** Directory with `index.js` and the property files. */
  readonly code: string;
  /** Megabytes. */
  readonly memoryMb: number;
  /** Longest invocation, in milliseconds. */
  readonly timeoutMs: number;
  /** Days that the logs are kept. */
  readonly logRetentionDays: number;
  /** Tags of the function, its role and its logs. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where the function reaches brokers and databases. @default outside of a VPC: it talks to S3 alone */
  readonly network?: FunctionNetwork;
  /** Invocations at the same time. @default the account's limit */
  readonly reservedConcurrency?: number;
}

/** Its role has nothing but its own log, and its network interfaces where it is in a VPC: what else it may do, a grant adds. */
export class PipelineFunction extends Construct {
  readonly handler: LambdaFunction;
  /** Absent outside of a VPC. Nothing is let out: each grant opens what it needs. */
  readonly securityGroup?: ISecurityGroup;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const { network, functionName } = props;
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Role of the function ${functionName}`,
    });
    logGroup.grantWrite(role);
    if (network !== undefined) {
      role.addToPolicy(networkInterfaces());
      this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
        vpc: network.vpc,
        description: `Function ${functionName}`,
        allowAllOutbound: false,
      });
    }
    this.handler = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.code),
      memorySize: props.memoryMb,
      timeout: Duration.millis(props.timeoutMs),
      role,
      logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(network === undefined || this.securityGroup === undefined
        ? {}
        : { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: [this.securityGroup] }),
    });
    // Its policy is there before the function is: Lambda looks at it when the function is put into the VPC.
    if (network !== undefined) this.handler.node.addDependency(role);
    explainWildcards(role, WILDCARDS);
    for (const [key, value] of Object.entries(props.tags ?? {})) Tags.of(this).add(key, value);
  }
}

const WILDCARDS: readonly WildcardReason[] = [
  { wildcard: /^Resource::\*$/, reason: 'EC2 knows no resource for network interfaces that are yet to be made.' },
  {
    wildcard: /\/\*$/,
    reason: "Keys of objects are not known before they are made; the prefix is the function's own.",
  },
  {
    wildcard: /:topic\/.*\*$/,
    reason: 'A source without a list of tables writes a topic for each that it finds, below its topic.prefix.',
  },
];

/** What Lambda itself does with a function's role in a VPC; EC2 knows no resource for most of it. */
function networkInterfaces(): PolicyStatement {
  return new PolicyStatement({
    sid: 'NetworkInterfaces',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
