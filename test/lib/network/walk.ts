// Walks the way from who needs something to what it needs: routes, endpoints, and security groups at both ends.
import { contains } from './cidr';
import type { Need, Stand } from './needs';
import type { Endpoint, Network, Peer, Rule } from './network';

/** What is missing on the way; nothing: the way is there. */
export function obstacles(network: Network, need: Need): string[] {
  const { target, from, port } = need;
  if (target.kind === 'interfaces') {
    return [...oneVpc(network, from, target.at), ...throughGroups(network, from, target.at, port)];
  }
  if (target.kind === 'host') return outTo(network, from, port, anywhere, 'hosts anywhere');
  if (target.name === 's3') return toS3(network, need);
  return toService(network, need, target.name);
}

/** Subnets that exist lead where their owner lets them lead. */
function exists({ subnets }: Network, from: Stand): boolean {
  return from.subnets.every((id) => !subnets.has(id));
}

function oneVpc({ subnets }: Network, from: Stand, to: Stand): string[] {
  const vpcs = new Set([...from.subnets, ...to.subnets].map((id) => subnets.get(id)?.vpc));
  return vpcs.size > 1 && !vpcs.has(undefined) ? ['they stand in two VPCs'] : [];
}

function throughGroups(network: Network, from: Stand, to: Stand, port: number): string[] {
  const cidrs = (stand: Stand) => stand.subnets.flatMap((id) => network.subnets.get(id)?.cidr ?? []);
  const reaches = (stand: Stand) => (peer: Peer) => {
    if ('group' in peer) return stand.groups.includes(peer.group);
    const all = cidrs(stand);
    return 'cidr' in peer && all.length > 0 && all.every((cidr) => contains(peer.cidr, cidr));
  };
  const inwards = rulesOf(network, 'in', to, port).some(({ peer }) => reaches(from)(peer));
  return [
    ...outTo(network, from, port, reaches(to), `groups ${to.groups}`),
    ...(inwards ? [] : [`nothing lets ${from.groups} in at ${to.groups}, port ${port}`]),
  ];
}

function outTo(network: Network, from: Stand, port: number, reaches: (peer: Peer) => boolean, where: string): string[] {
  const outwards = rulesOf(network, 'out', from, port).some(({ peer }) => reaches(peer));
  return outwards ? [] : [`nothing lets ${from.groups} out to ${where}, port ${port}`];
}

function rulesOf({ rules }: Network, way: Rule['way'], { groups }: Stand, port: number): Rule[] {
  const isForPort = ({ protocol, from, to }: Rule) =>
    protocol === '-1' || (protocol === 'tcp' && from <= port && port <= to);
  return rules.filter((rule) => rule.way === way && groups.includes(rule.group) && isForPort(rule));
}

function anywhere(peer: Peer): boolean {
  return 'cidr' in peer && peer.cidr === '0.0.0.0/0';
}

/** Through the gateway that the routes of each of its subnets have. */
function toS3(network: Network, { from, port }: Need): string[] {
  const isS3 = (peer: Peer) =>
    anywhere(peer) ||
    ('prefixList' in peer && (exists(network, from) || network.s3PrefixLists.includes(peer.prefixList)));
  const gateways = network.endpoints.filter(({ service, type }) => service === 's3' && type === 'Gateway');
  const tables = gateways.flatMap(({ routeTables }) => routeTables);
  const without = from.subnets.filter((id) => !tables.includes(network.subnets.get(id)?.routeTable ?? ''));
  return [
    ...outTo(network, from, port, isS3, 'S3'),
    ...(exists(network, from) ? [] : without.map((id) => `${id} has no route to S3`)),
  ];
}

/** Through an interface endpoint, which stands behind the service's own name. */
function toService(network: Network, { from, port }: Need, service: string): string[] {
  if (exists(network, from)) return outTo(network, from, port, anywhere, service);
  const vpc = network.subnets.get(from.subnets[0] ?? '')?.vpc;
  const endpoint = network.endpoints.find(
    (one) => one.service === service && one.type === 'Interface' && one.vpc === vpc,
  );
  if (endpoint === undefined) return [`there is no endpoint of ${service}`];
  return [...nameFaults(network, endpoint), ...throughGroups(network, from, endpoint, port)];
}

function nameFaults({ naming }: Network, { ownName, vpc, subnets, service }: Endpoint): string[] {
  return [
    ...(subnets.length === 0 ? [`the endpoint of ${service} stands nowhere`] : []),
    ...(ownName && naming.includes(vpc) ? [] : [`the name of ${service} does not lead to its endpoint`]),
  ];
}
