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
  /** One line for the console, cut where Lambda would refuse it. */
  readonly description: string;
  /** Directory with `index.js` and the property files. */
  readonly code: string;
  /** What the function reads of its environment; a grant may add to it. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Megabytes. */
  readonly memoryMb: number;
  /** Longest invocation, in milliseconds. */
  readonly timeoutMs: number;
  /** Days that the logs are kept. */
  readonly logRetentionDays: number;
  /** Tags of the function, its role and its logs. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Before the keys of the state, without a slash at its end. @default none */
  readonly statePrefix?: string;
  /** Where the function reaches brokers and databases. @default outside of a VPC: it talks to S3 alone */
  readonly network?: FunctionNetwork;
  /** Invocations at the same time. @default the account's limit */
  readonly reservedConcurrency?: number;
}

/** Its role has nothing but its own log, and its network interfaces where it is in a VPC: what else it may do, a grant adds. */
export class PipelineFunction extends Construct {
  readonly handler: LambdaFunction;
  readonly role: Role;
  /** Absent outside of a VPC. Nothing is let out: each grant opens what it needs. */
  readonly securityGroup?: ISecurityGroup;
  /** Before the keys of the state; empty: none. */
  readonly statePrefix: string;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const { network, functionName } = props;
    this.statePrefix = props.statePrefix ?? '';
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Role of the function ${functionName}`,
    });
    logGroup.grantWrite(this.role);
    if (network !== undefined) {
      allow(this, 'NetworkInterfaces', NETWORK_INTERFACES, ['*']);
      this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
        vpc: network.vpc,
        description: `Function ${functionName}`,
        allowAllOutbound: false,
      });
    }
    this.handler = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description.slice(0, LONGEST_DESCRIPTION),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.code),
      environment: { ...props.environment },
      memorySize: props.memoryMb,
      timeout: Duration.millis(props.timeoutMs),
      role: this.role,
      logGroup,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(network === undefined || this.securityGroup === undefined
        ? {}
        : { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: [this.securityGroup] }),
    });
    // Its policy is there before the function is: Lambda looks at it when the function is put into the VPC.
    if (network !== undefined) this.handler.node.addDependency(this.role);
    explainWildcards(this.role, WILDCARDS);
    for (const [key, value] of Object.entries(props.tags ?? {})) Tags.of(this).add(key, value);
  }
}

const LONGEST_DESCRIPTION = 256;

const WILDCARDS: readonly WildcardReason[] = [
  {
    wildcard: /^Resource::\*$/,
    reason:
      'EC2 knows no resource for network interfaces that are yet to be made, and Glue none for the id of a schema version.',
  },
  {
    wildcard: /\/\*$/,
    reason: "Keys of objects are not known before they are made; the prefix is the function's own.",
  },
  {
    wildcard: /:topic\/.*\*$/,
    reason: 'A source without a list of tables writes a topic for each that it finds, below its topic.prefix.',
  },
];

/** What Lambda itself does with a function's role in a VPC. */
const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** Adds a statement to the function's role. `sid`: unlike any other of the role; no resources: no statement. */
export function allow(
  { role }: Pick<PipelineFunction, 'role'>,
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
): void {
  if (resources.length === 0) return;
  role.addToPolicy(new PolicyStatement({ sid, actions: [...actions], resources: [...resources] }));
}
