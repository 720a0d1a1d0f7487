// Where functions in a VPC stand, and the one rule that each of them needs: to S3, where the state is.
import { Stack } from 'aws-cdk-lib';
import {
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  type ISecurityGroup,
  type IVpc,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct, IConstruct } from 'constructs';
import { s3PrefixListId } from './s3-prefix-list';

export interface FunctionNetwork {
  /** The VPC of brokers and database. */
  readonly vpc: IVpc;
  /** Its private subnets, one in each zone. */
  readonly subnets: SubnetSelection;
  /** The region's managed prefix list of S3, which the gateway endpoint routes. @default asked of EC2 at deployment */
  readonly s3PrefixListId?: string;
}

/** Out to S3 through the gateway endpoint, and nowhere else on that port. */
export function letOutToS3(scope: Construct, id: string, from: ISecurityGroup, network: FunctionNetwork): void {
  new CfnSecurityGroupEgress(scope, id, {
    groupId: from.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    destinationPrefixListId: network.s3PrefixListId ?? s3PrefixListId(Stack.of(scope)),
    description: 'S3, through the gateway endpoint',
  });
}

/** One way, both ends: out of the one group and into the other, on one port. */
export function letThrough(
  scope: Construct,
  id: string,
  way: {
    readonly from: ISecurityGroup;
    readonly to: ISecurityGroup;
    readonly port: number;
    readonly description: string;
  },
): void {
  const { from, to, port, description } = way;
  const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description };
  new CfnSecurityGroupEgress(scope, `${id}Out`, {
    ...rule,
    groupId: from.securityGroupId,
    destinationSecurityGroupId: to.securityGroupId,
  });
  new CfnSecurityGroupIngress(scope, `${id}In`, {
    ...rule,
    groupId: to.securityGroupId,
    sourceSecurityGroupId: from.securityGroupId,
  });
}

/** To a host that is known by its name alone: the subnets' routes decide how far that goes. */
export function letOutAnywhere(
  scope: Construct,
  id: string,
  from: ISecurityGroup,
  port: number,
  description: string,
): void {
  // EC2 refuses a rule that is there: two hosts with one port share it.
  if (scope.node.children.some((child) => isOut(child, from, port))) return;
  new CfnSecurityGroupEgress(scope, id, {
    groupId: from.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    cidrIp: '0.0.0.0/0',
    description,
  });
}

function isOut(child: IConstruct, { securityGroupId }: ISecurityGroup, port: number): boolean {
  return child instanceof CfnSecurityGroupEgress && child.groupId === securityGroupId && isAnywhere(child, port);
}

function isAnywhere({ cidrIp, fromPort }: CfnSecurityGroupEgress, port: number): boolean {
  return cidrIp === '0.0.0.0/0' && fromPort === port;
}
