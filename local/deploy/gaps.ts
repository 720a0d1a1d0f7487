// Where MiniStack 1.5.33 is not AWS, and what stands in: resources that are left out of the templates, and those that do less there.
import type { Resource } from './template';

export interface LeftOut {
  readonly what: string;
  readonly why: string;
  readonly is: (resource: Resource) => boolean;
  /** The ARN that it would have, for what refers to it. */
  readonly arnOf?: (resource: Resource) => string;
}

/** CloudFormation there refuses the whole template for one resource that it does not know. */
export const leftOut: readonly LeftOut[] = [
  {
    what: 'AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress',
    why: 'CloudFormation there does not know them; functions run in the network of this machine, and no packet is filtered',
    is: ({ Type }) => ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].includes(Type),
  },
  {
    what: 'AWS::CloudWatch::Alarm on metric math',
    why: 'CloudFormation there takes an alarm on one metric only',
    is: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
    arnOf: ({ Properties }) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${Properties?.AlarmName}`,
  },
];

export interface DoesLess {
  readonly what: string;
  readonly why: string;
}

/** Deployed, and not what it is on AWS. */
export const doesLess: readonly DoesLess[] = [
  {
    what: 'AWS::Lambda::EventSourceMapping',
    why: "is reported as Enabled and never polls Kafka: the local event source reads the mapping's topic with its group, and invokes the deployed function through Lambda's API",
  },
  {
    what: 'ReservedConcurrentExecutions of AWS::Lambda::Function',
    why: "is dropped by CloudFormation there: it is set through Lambda's API after each deployment, and holds then",
  },
  {
    what: 'Runtime and Architectures of AWS::Lambda::Function',
    why: 'are recorded: functions run in the Node and on the processor of this machine',
  },
  {
    what: 'VpcConfig of AWS::Lambda::Function',
    why: 'is taken on trust: VPC, subnets and prefix list need not exist',
  },
  {
    what: 'AWS::Scheduler::Schedule',
    why: 'fires, but without looking at the policy of its role, and without MaximumEventAgeInSeconds',
  },
  {
    what: 'AWS::CloudWatch::Alarm and AWS::CloudWatch::Dashboard',
    why: 'are recorded: nobody reads metrics out of the functions’ logs there',
  },
];
