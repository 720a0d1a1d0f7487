// The VPC that a deployment makes: isolated subnets without a way out, and the endpoints that the pipeline needs.
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  type InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type IVpc,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { letThrough } from '../constructs/network';
import type { ExistingVpc } from '../deployment/settings';

export const ISOLATED = { subnetType: SubnetType.PRIVATE_ISOLATED } as const;

/** Subnets in as many zones as the stack names; no internet gateway, no NAT. S3 is reached through a gateway, which costs nothing. */
export function makeVpc(scope: Construct, id: string): IVpc {
  const vpc = new Vpc(scope, id, {
    ipAddresses: IpAddresses.cidr('10.42.0.0/16'),
    availabilityZones: Stack.of(scope).availabilityZones,
    natGateways: 0,
    subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 22 }],
    // Nobody is in the default group; emptying it would take a function of the CDK's with rights over all groups.
    restrictDefaultSecurityGroup: false,
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
  });
  vpc.addFlowLog('FlowLog', {
    destination: FlowLogDestination.toCloudWatchLogs(
      new LogGroup(scope, `${id}FlowLog`, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
    ),
  });
  // The CDK's classes do not fit their own interfaces where an absent property is not an undefined one.
  return vpc as IVpc;
}

/** Its subnets count as isolated: whether they have a way out is its owner's decision. */
export function existingVpc(scope: Construct, id: string, existing: ExistingVpc): IVpc {
  const vpc = Vpc.fromVpcAttributes(scope, id, {
    vpcId: existing.id,
    availabilityZones: [...existing.availabilityZones],
    isolatedSubnetIds: [...existing.subnetIds],
  });
  const reason = 'Nothing here asks for the route tables of subnets that exist.';
  Validations.of(vpc).acknowledge({ id: 'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId', reason });
  return vpc;
}

/** An endpoint in each zone that the members of one security group may call, over TLS. */
export function letToService(
  scope: Construct,
  id: string,
  vpc: IVpc,
  service: InterfaceVpcEndpointAwsService,
  from: ISecurityGroup,
): void {
  const description = descriptionOf(service);
  const to = endpointSecurityGroup(scope, id, vpc, service);
  vpc.addInterfaceEndpoint(id, { service, subnets: ISOLATED, securityGroups: [to], open: false });
  letThrough(scope, id, { from, to, port: 443, description });
}

/** The same in another stack than the VPC's; answers the endpoint's group, into which each function is let by itself. */
export function makeEndpoint(
  scope: Construct,
  id: string,
  vpc: IVpc,
  service: InterfaceVpcEndpointAwsService,
): ISecurityGroup {
  const group = endpointSecurityGroup(scope, id, vpc, service);
  new InterfaceVpcEndpoint(scope, id, { vpc, service, subnets: ISOLATED, securityGroups: [group], open: false });
  return group;
}

function endpointSecurityGroup(
  scope: Construct,
  id: string,
  vpc: IVpc,
  service: InterfaceVpcEndpointAwsService,
): ISecurityGroup {
  return new SecurityGroup(scope, `${id}SecurityGroup`, {
    vpc,
    description: descriptionOf(service),
    allowAllOutbound: false,
  });
}

function descriptionOf({ shortName }: InterfaceVpcEndpointAwsService): string {
  return `Endpoint of ${shortName}`;
}
