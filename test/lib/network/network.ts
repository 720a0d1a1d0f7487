// The network of synthesised stacks: subnets with their routes, endpoints, and the rules of security groups, wherever they stand.
import { type Resolve, resolver } from '../permissions/resolver';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  resourcesOf,
  type Stacks,
  textOf,
  textsOf,
} from '../permissions/template';

/** `group`: a security group's members. `prefixList`: a list of addresses that AWS keeps. */
export type Peer = { readonly group: string } | { readonly cidr: string } | { readonly prefixList: string };

export interface Rule {
  /** Its logical id, or its group's with its place in it. */
  readonly id: string;
  readonly group: string;
  readonly way: 'in' | 'out';
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly peer: Peer;
}

export interface Endpoint {
  readonly id: string;
  /** What follows `com.amazonaws.REGION.` */
  readonly service: string;
  readonly type: 'Gateway' | 'Interface';
  readonly vpc: string;
  readonly routeTables: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  /** The service's own name leads to it. */
  readonly ownName: boolean;
}

interface Subnet {
  readonly vpc: string;
  readonly cidr: string;
  /** Absent: the VPC's main one, which has none of the stacks' routes. */
  readonly routeTable?: string;
}

/** Of what is made; what exists is not in it. */
export interface Network {
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly endpoints: readonly Endpoint[];
  readonly rules: readonly Rule[];
  /** Security groups that are made. */
  readonly groups: readonly string[];
  /** VPCs that answer names by themselves. */
  readonly naming: readonly string[];
  /** Lists of S3's addresses. */
  readonly s3PrefixLists: readonly string[];
}

/** Throws for what could open or close a way and is not looked at. */
export function networkOf(stacks: Stacks): Network {
  const [unread] = resourcesOf(stacks, ...UNREAD);
  if (unread !== undefined) throw new Error(`${unread.id}: a ${unread.resource.Type} is not looked at`);
  const read = reader(stacks, resolver(stacks));
  const groups = read('AWS::EC2::SecurityGroup');
  return {
    subnets: subnetsOf(read),
    endpoints: read('AWS::EC2::VPCEndpoint').map(endpointOf),
    groups: groups.map(({ ref }) => ref),
    rules: [
      ...groups.flatMap(inlineRules),
      ...read('AWS::EC2::SecurityGroupIngress').map(({ id, properties }) => ruleOf(id, 'in', properties)),
      ...read('AWS::EC2::SecurityGroupEgress').map(({ id, properties }) => ruleOf(id, 'out', properties)),
    ],
    naming: read('AWS::EC2::VPC')
      .filter(({ properties }) => properties.EnableDnsSupport === true && properties.EnableDnsHostnames === true)
      .map(({ ref }) => ref),
    s3PrefixLists: resourcesOf(stacks, 'Custom::S3PrefixList').map(({ stack, id }) =>
      textOf(resolver(stacks)(stack, { 'Fn::GetAtt': [id, 'PrefixLists.0.PrefixListId'] })),
    ),
  };
}

const UNREAD = ['AWS::EC2::NetworkAcl', 'AWS::EC2::Route', 'AWS::EC2::VPCPeeringConnection'];

interface Read {
  readonly id: string;
  /** As others refer to it. */
  readonly ref: string;
  readonly properties: JsonObject;
}

type Reader = (type: string) => Read[];

function reader(stacks: Stacks, resolve: Resolve): Reader {
  return (type) =>
    resourcesOf(stacks, type).map(({ stack, id, resource }) => ({
      id,
      ref: REFERRED.has(type) ? textOf(resolve(stack, { Ref: id })) : id,
      properties: objectOf(resolve(stack, resource.Properties ?? {})),
    }));
}

const REFERRED = new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::VPC']);

function subnetsOf(read: Reader): Map<string, Subnet> {
  const tables = new Map(
    read('AWS::EC2::SubnetRouteTableAssociation').map(({ properties }) => [
      textOf(properties.SubnetId),
      textOf(properties.RouteTableId),
    ]),
  );
  return new Map(
    read('AWS::EC2::Subnet').map(({ ref, properties }) => {
      const routeTable = tables.get(ref);
      const subnet = { vpc: textOf(properties.VpcId), cidr: textOf(properties.CidrBlock) };
      return [ref, routeTable === undefined ? subnet : { ...subnet, routeTable }];
    }),
  );
}

function endpointOf({ id, properties }: Read): Endpoint {
  return {
    id,
    service: textOf(properties.ServiceName).replace(/^com\.amazonaws\.[^.]+\./, ''),
    type: properties.VpcEndpointType === 'Interface' ? 'Interface' : 'Gateway',
    vpc: textOf(properties.VpcId),
    routeTables: textsOf(properties.RouteTableIds),
    subnets: textsOf(properties.SubnetIds),
    groups: textsOf(properties.SecurityGroupIds),
    ownName: properties.PrivateDnsEnabled === true,
  };
}

/** A group whose rules out are not said lets everything out: AWS's own default. */
function inlineRules({ id, ref, properties }: Read): Rule[] {
  const { SecurityGroupIngress, SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] } = properties;
  const of = (way: Rule['way'], rules: JsonObject[string] | undefined) =>
    listOf(rules).map((rule, index) => ruleOf(`${id} ${way} ${index + 1}`, way, { ...objectOf(rule), GroupId: ref }));
  return [...of('in', SecurityGroupIngress), ...of('out', SecurityGroupEgress)];
}

function ruleOf(id: string, way: Rule['way'], properties: JsonObject): Rule {
  const { GroupId, IpProtocol, FromPort, ToPort } = properties;
  const all = IpProtocol === '-1';
  return {
    id,
    way,
    group: textOf(GroupId),
    protocol: textOf(IpProtocol),
    from: all ? 0 : Number(FromPort),
    to: all ? 65_535 : Number(ToPort),
    peer: peerOf(id, properties),
  };
}

const PEERS = { CidrIp: 'cidr', SourceSecurityGroupId: 'group', DestinationSecurityGroupId: 'group' } as const;
const LISTS = { SourcePrefixListId: 'prefixList', DestinationPrefixListId: 'prefixList' } as const;

function peerOf(id: string, properties: JsonObject): Peer {
  const [found, ...others] = Object.entries({ ...PEERS, ...LISTS }).filter(([name]) => properties[name] !== undefined);
  if (found === undefined || others.length > 0) throw new Error(`${id}: a rule with one peer, please`);
  const [name, kind] = found;
  return { [kind]: textOf(properties[name]) } as unknown as Peer;
}

/** Of what a rule may be about: everybody. */
export function isEverybody({ peer }: Rule): boolean {
  return isObject(peer as JsonObject) && 'cidr' in peer && peer.cidr.endsWith('/0');
}
