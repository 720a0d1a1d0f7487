// The network of every deployment: each function and each trigger reaches what it needs, and nothing else is open.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { stacksOf } from '../permissions/synthesised';
import { type Placed, resourcesOf, withResource } from '../permissions/template';
import {
  type Configuration,
  type ConfigurationName,
  configurationNames,
  configurations,
} from '../synthesis/configurations';
import { SYNTHESIS_TIMEOUT_MS, type Synthesis, synthesis } from '../synthesis/synthesis';
import { type Need, nameOf, needsOf } from './needs';
import { isEverybody, type Network, networkOf, type Rule } from './network';
import { obstacles } from './walk';

const syntheses = new Map<string, Synthesis>();
beforeAll(async () => {
  for (const name of configurationNames) syntheses.set(name, await synthesis(name));
}, SYNTHESIS_TIMEOUT_MS);

function deployed(name: ConfigurationName): { made: Synthesis; network: Network; needs: readonly Need[] } {
  const made = syntheses.get(name);
  if (made === undefined) throw new Error(`${name} is not synthesised`);
  const { settings = {} }: Configuration = configurations[name];
  const existing = {
    brokers: settings['connectless.cluster.security.group.id'] ?? '',
    database: settings['connectless.database.security.group.id'] ?? '',
  };
  return { made, network: networkOf(stacksOf(made)), needs: needsOf(made, existing) };
}

describe('the way to each endpoint', () => {
  test.each(configurationNames)('is there: %s', (name) => {
    const { network, needs } = deployed(name);
    const missing = needs.flatMap((need) => obstacles(network, need).map((what) => `${nameOf(need)}: ${what}`));
    expect(missing).toEqual([]);
    expect(needs.length).toBeGreaterThan(0);
  });

  test('is needed by functions in the VPC and by the pollers of triggers', () => {
    expect(deployed('defaults').needs.map(nameOf).sort()).toEqual([
      'connectless-connect-postgresql → brokers:9098',
      'connectless-connect-postgresql → database:5432',
      'connectless-connect-postgresql → s3:443',
      'connectless-processor → brokers:9098',
      'connectless-processor → s3:443',
      'connectless-topics → brokers:9098',
      ...pollers('brokers:9098', 'lambda:443', 'sts:443'),
    ]);
    const { needs } = deployed('provisioned-mode');
    expect(needs.map(nameOf).filter((name) => name.startsWith('trigger'))).toEqual(pollers('brokers:9098'));
    expect(deployed('scram').needs.map(nameOf)).toContain('connectless-topics → secretsmanager:443');
    expect(deployed('existing').needs.map(nameOf)).toContain('connectless-prices-sink → registry.example.com:8443');
  });

  test('is needed by a sink for its dead letters, for AWS Glue from there, and for a registry of its own', () => {
    const sinks = deployed('sinks')
      .needs.map(nameOf)
      .filter((name) => name.includes('-sink → '));
    expect(sinks.filter((name) => !name.startsWith('trigger')).sort()).toEqual([
      'connectless-audit-sink → brokers:9098',
      'connectless-audit-sink → glue:443',
      'connectless-audit-sink → s3:443',
      'connectless-partner-sink → registry.example.com:8443',
      'connectless-partner-sink → s3:443',
      'connectless-partner-sink → secretsmanager:443',
      'connectless-prices-sink → brokers:9098',
      'connectless-prices-sink → s3:443',
    ]);
  });
});

function pollers(...targets: readonly string[]): string[] {
  return ['connect-processor', 'connect-s3-sink'].flatMap((group) => targets.map((to) => `trigger ${group} → ${to}`));
}

const source = 'connectless-connect-postgresql';
const processor = 'connectless-processor';
const toS3 = [`${source} → s3:443`, `${processor} → s3:443`];
/** By logical id, without the hash at its end: whose way ends when it is taken away. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  ClusterSecurityGroupFromPollers: pollers('brokers:9098'),
  ClusterSecurityGroupToBrokers: pollers('brokers:9098'),
  LambdaEndpointIn: pollers('lambda:443'),
  LambdaEndpointOut: pollers('lambda:443'),
  StsEndpointIn: pollers('sts:443'),
  StsEndpointOut: pollers('sts:443'),
  TopicMakerTopicsBrokersIn: ['connectless-topics → brokers:9098'],
  TopicMakerTopicsBrokersOut: ['connectless-topics → brokers:9098'],
  VpcLambdaEndpoint: pollers('lambda:443'),
  VpcS3: toS3,
  VpcStsEndpoint: pollers('sts:443'),
  VpcisolatedSubnet1RouteTableAssociation: toS3,
  VpcisolatedSubnet2RouteTableAssociation: toS3,
  VpcisolatedSubnet3RouteTableAssociation: toS3,
  processorprocessorProcessorBrokersIn: [`${processor} → brokers:9098`],
  processorprocessorProcessorBrokersOut: [`${processor} → brokers:9098`],
  processorprocessorToS3: [`${processor} → s3:443`],
  sourceconnectpostgresqlSourceBrokersIn: [`${source} → brokers:9098`],
  sourceconnectpostgresqlSourceBrokersOut: [`${source} → brokers:9098`],
  sourceconnectpostgresqlSourceDatabaseIn: [`${source} → database:5432`],
  sourceconnectpostgresqlSourceDatabaseOut: [`${source} → database:5432`],
  sourceconnectpostgresqlToS3: [`${source} → s3:443`],
};

const PIECES = [
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCEndpoint',
];

describe('a rule, a route or an endpoint that is taken away', () => {
  test('ends the ways of exactly those that need it', () => {
    const { made, needs } = deployed('defaults');
    const stacks = stacksOf(made);
    const endedBy = (piece: Placed) => {
      const network = networkOf(withResource(stacks, piece, undefined));
      return needs.filter((need) => obstacles(network, need).length > 0).map(nameOf);
    };
    const ends = resourcesOf(stacks, ...PIECES).map((piece) => [shortId(piece), endedBy(piece).sort()] as const);
    expect(Object.fromEntries(ends)).toEqual(
      Object.fromEntries(Object.entries(ENDS).map(([id, list]) => [id, [...list].sort()])),
    );
  });
});

function shortId({ id }: Placed): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}

describe('what is open', () => {
  test.each(configurationNames)('is open to nobody from everywhere: %s', (name) => {
    expect(deployed(name).network.rules.filter((rule) => rule.way === 'in' && isEverybody(rule))).toEqual([]);
  });

  test.each(configurationNames)('is open for one need, at its port, to its peer alone: %s', (name) => {
    const { network, needs } = deployed(name);
    const idle = network.rules.filter((rule) => !isNoRule(rule) && !needs.some((need) => isFor(network, rule, need)));
    expect(idle).toEqual([]);
  });

  test.each(configurationNames)('is no endpoint that nobody needs: %s', (name) => {
    const { network, needs } = deployed(name);
    const wanted = needs.map(({ target }) => target.name);
    expect(network.endpoints.filter(({ service }) => !wanted.includes(service))).toEqual([]);
  });
});

/** The CDK's way to let nothing out: a rule that no packet fits, in place of AWS's default. */
function isNoRule({ protocol, peer }: Rule): boolean {
  return protocol === 'icmp' && 'cidr' in peer && peer.cidr === '255.255.255.255/32';
}

/** One port, and nobody else at the other end. */
function isFor(network: Network, rule: Rule, { from, target, port }: Need): boolean {
  const { peer } = rule;
  if (rule.protocol !== 'tcp' || rule.from !== port || rule.to !== port) return false;
  const to = target.kind === 'interfaces' ? target.at.groups : groupsOf(network, target.name);
  if (rule.way === 'in') return to.includes(rule.group) && 'group' in peer && from.groups.includes(peer.group);
  if (!from.groups.includes(rule.group)) return false;
  if ('group' in peer) return to.includes(peer.group);
  if ('prefixList' in peer) return target.name === 's3';
  // Where subnets exist, so do the ways out of them; and a host that is known by its name has no group.
  return isEverybody(rule) && target.kind !== 'interfaces' && from.subnets.every((id) => !network.subnets.has(id));
}

function groupsOf({ endpoints }: Network, service: string): readonly string[] {
  return endpoints.filter((endpoint) => endpoint.service === service).flatMap(({ groups }) => groups);
}
