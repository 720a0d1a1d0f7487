import { describe, expect, test } from '@jest/globals';
import type { Need } from './needs';
import type { Endpoint, Network, Rule } from './network';
import { SMALL, TO_HOST, TO_LAMBDA, TO_S3, TO_SERVER, TO_STS } from './small-network';
import { obstacles } from './walk';

const withRules = (change: (rule: Rule) => Rule | undefined): Network => ({
  ...SMALL,
  rules: SMALL.rules.flatMap((rule) => change(rule) ?? []),
});
const without = (id: string) => withRules((rule) => (rule.id === id ? undefined : rule));
const changed = (id: string, more: Partial<Rule>) =>
  withRules((rule) => (rule.id === id ? { ...rule, ...more } : rule));
const withEndpoint = (id: string, more: Partial<Endpoint>): Network => ({
  ...SMALL,
  endpoints: SMALL.endpoints.map((endpoint) => (endpoint.id === id ? { ...endpoint, ...more } : endpoint)),
});
const withoutEndpoint = (id: string): Network => ({
  ...SMALL,
  endpoints: SMALL.endpoints.filter((endpoint) => endpoint.id !== id),
});

describe('a way is there', () => {
  test.each([
    ['to a server', TO_SERVER],
    ['to S3', TO_S3],
    ['to a service', TO_STS],
  ])('%s, when each step of it is', (_, need) => {
    expect(obstacles(SMALL, need)).toEqual([]);
  });

  test.each<[string, Network]>([
    ['out to everywhere', changed('ServerOut', { peer: { cidr: '0.0.0.0/0' } })],
    ['out to the server’s subnet', changed('ServerOut', { peer: { cidr: '10.0.1.0/24' } })],
    ['out on all protocols', changed('ServerOut', { protocol: '-1', from: 0, to: 65_535 })],
    ['in from the caller’s subnets', changed('ServerIn', { peer: { cidr: '10.0.0.0/23' } })],
    ['in on a range of ports', changed('ServerIn', { from: 9000, to: 9999 })],
  ])('by a rule %s', (_, network) => {
    expect(obstacles(network, TO_SERVER)).toEqual([]);
  });

  test('to any host by a rule to everywhere alone', () => {
    const toAll: Rule = {
      id: 'All',
      group: 'sg-caller',
      way: 'out',
      protocol: 'tcp',
      from: 8443,
      to: 8443,
      peer: { cidr: '0.0.0.0/0' },
    };
    expect(obstacles(SMALL, TO_HOST)).toEqual(['nothing lets sg-caller out to hosts anywhere, port 8443']);
    expect(obstacles({ ...SMALL, rules: [...SMALL.rules, toAll] }, TO_HOST)).toEqual([]);
  });
});

describe('a way is not there', () => {
  test.each<[string, Network, Need, string]>([
    ['a rule out', without('ServerOut'), TO_SERVER, 'nothing lets sg-caller out to groups sg-server, port 9098'],
    ['a rule in', without('ServerIn'), TO_SERVER, 'nothing lets sg-caller in at sg-server, port 9098'],
    ['the port', changed('ServerIn', { to: 9097, from: 1 }), TO_SERVER, 'nothing lets sg-caller in at'],
    ['the protocol', changed('ServerIn', { protocol: 'udp' }), TO_SERVER, 'nothing lets sg-caller in at'],
    ['all its subnets', changed('ServerIn', { peer: { cidr: '10.0.0.0/24' } }), TO_SERVER, 'nothing lets sg-caller in'],
    ['a rule out to S3', without('S3Out'), TO_S3, 'nothing lets sg-caller out to S3, port 443'],
    ['S3’s own list', changed('S3Out', { peer: { prefixList: 'pl-x' } }), TO_S3, 'nothing lets sg-caller out to S3'],
    ['the gateway', withoutEndpoint('S3'), TO_S3, 'subnet-a has no route to S3'],
    ['the gateway in one subnet', withEndpoint('S3', { routeTables: ['rtb-a'] }), TO_S3, 'subnet-b has no route to S3'],
    ['an endpoint', SMALL, TO_LAMBDA, 'there is no endpoint of lambda'],
    ['the endpoint in its VPC', withEndpoint('Sts', { vpc: 'other' }), TO_STS, 'there is no endpoint of sts'],
    ['a place of the endpoint', withEndpoint('Sts', { subnets: [] }), TO_STS, 'the endpoint of sts stands nowhere'],
    ['its name', withEndpoint('Sts', { ownName: false }), TO_STS, 'the name of sts does not lead to its endpoint'],
    ['names at all', { ...SMALL, naming: [] }, TO_STS, 'the name of sts does not lead to its endpoint'],
    ['a rule out to it', without('StsOut'), TO_STS, 'nothing lets sg-caller out to groups sg-sts, port 443'],
    ['a rule in at it', without('StsIn'), TO_STS, 'nothing lets sg-caller in at sg-sts, port 443'],
  ])('without %s', (_, network, need, obstacle) => {
    expect(obstacles(network, need).join('\n')).toContain(obstacle);
  });

  test('from one VPC to another', () => {
    const subnets = new Map(SMALL.subnets).set('subnet-b', { vpc: 'other', cidr: '10.0.1.0/24' });
    expect(obstacles({ ...SMALL, subnets }, TO_SERVER)).toEqual(['they stand in two VPCs']);
  });
});
