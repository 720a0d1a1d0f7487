// A small network, written by hand: a caller and a server in two subnets, a gateway to S3 and an endpoint of STS.
import type { Need, Target } from './needs';
import type { Network, Rule } from './network';

const rule = (id: string, group: string, way: Rule['way'], peer: Rule['peer'], port: number): Rule => ({
  id,
  group,
  way,
  peer,
  protocol: 'tcp',
  from: port,
  to: port,
});

export const SMALL: Network = {
  subnets: new Map([
    ['subnet-a', { vpc: 'vpc', cidr: '10.0.0.0/24', routeTable: 'rtb-a' }],
    ['subnet-b', { vpc: 'vpc', cidr: '10.0.1.0/24', routeTable: 'rtb-b' }],
  ]),
  endpoints: [
    {
      id: 'S3',
      service: 's3',
      type: 'Gateway',
      vpc: 'vpc',
      routeTables: ['rtb-a', 'rtb-b'],
      subnets: [],
      groups: [],
      ownName: false,
    },
    {
      id: 'Sts',
      service: 'sts',
      type: 'Interface',
      vpc: 'vpc',
      routeTables: [],
      subnets: ['subnet-a'],
      groups: ['sg-sts'],
      ownName: true,
    },
  ],
  groups: ['sg-caller', 'sg-server', 'sg-sts'],
  rules: [
    rule('ServerOut', 'sg-caller', 'out', { group: 'sg-server' }, 9098),
    rule('ServerIn', 'sg-server', 'in', { group: 'sg-caller' }, 9098),
    rule('S3Out', 'sg-caller', 'out', { prefixList: 'pl-s3' }, 443),
    rule('StsOut', 'sg-caller', 'out', { group: 'sg-sts' }, 443),
    rule('StsIn', 'sg-sts', 'in', { cidr: '10.0.0.0/16' }, 443),
  ],
  naming: ['vpc'],
  s3PrefixLists: ['pl-s3'],
};

const from = { subnets: ['subnet-a', 'subnet-b'], groups: ['sg-caller'] };
const need = (port: number, target: Target): Need => ({ who: 'caller', from, port, target });

export const TO_SERVER = need(9098, {
  kind: 'interfaces',
  name: 'brokers',
  at: { subnets: ['subnet-b'], groups: ['sg-server'] },
});
export const TO_S3 = need(443, { kind: 'service', name: 's3' });
export const TO_STS = need(443, { kind: 'service', name: 'sts' });
export const TO_LAMBDA = need(443, { kind: 'service', name: 'lambda' });
export const TO_HOST = need(8443, { kind: 'host', name: 'registry.example.com' });
