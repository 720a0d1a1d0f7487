import { describe, expect, test } from '@jest/globals';
import type { JsonObject, Stacks } from '../permissions/template';
import { networkOf, type Rule } from './network';

function stacks(resources: Readonly<Record<string, [type: string, properties: JsonObject]>>): Stacks {
  const Resources = Object.entries(resources).map(([id, [Type, Properties]]) => [id, { Type, Properties }]);
  return new Map([['data', { Resources: Object.fromEntries(Resources) }]]);
}

function rules(resources: Parameters<typeof stacks>[0]): Pick<Rule, 'id' | 'way' | 'peer' | 'from' | 'to'>[] {
  return networkOf(stacks(resources)).rules.map(({ id, way, peer, from, to }) => ({ id, way, peer, from, to }));
}

const tcp = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5433 };

describe('the rules of a group', () => {
  test('are those in it', () => {
    const SecurityGroupIngress = [{ ...tcp, CidrIp: '10.0.0.0/8' }];
    const SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '1.2.3.4/32' }];
    expect(rules({ Group: ['AWS::EC2::SecurityGroup', { SecurityGroupIngress, SecurityGroupEgress }] })).toEqual([
      { id: 'Group in 1', way: 'in', peer: { cidr: '10.0.0.0/8' }, from: 5432, to: 5433 },
      { id: 'Group out 1', way: 'out', peer: { cidr: '1.2.3.4/32' }, from: 0, to: 65_535 },
    ]);
  });

  test('let everything out when it says nothing about that', () => {
    const everything = { id: 'Group out 1', way: 'out', peer: { cidr: '0.0.0.0/0' }, from: 0, to: 65_535 };
    expect(rules({ Group: ['AWS::EC2::SecurityGroup', {}] })).toEqual([everything]);
  });

  test('are those that stand beside it', () => {
    const found = rules({
      Group: ['AWS::EC2::SecurityGroup', { SecurityGroupEgress: [] }],
      In: ['AWS::EC2::SecurityGroupIngress', { ...tcp, GroupId: { Ref: 'Group' }, SourceSecurityGroupId: 'sg-1' }],
      Out: ['AWS::EC2::SecurityGroupEgress', { ...tcp, GroupId: { Ref: 'Group' }, DestinationPrefixListId: 'pl-1' }],
    });
    expect(found).toEqual([
      { id: 'In', way: 'in', peer: { group: 'sg-1' }, from: 5432, to: 5433 },
      { id: 'Out', way: 'out', peer: { prefixList: 'pl-1' }, from: 5432, to: 5433 },
    ]);
  });
});

test('what could close a way unseen is refused', () => {
  expect(() => networkOf(stacks({ Acl: ['AWS::EC2::NetworkAcl', {}] }))).toThrow('Acl: a AWS::EC2::NetworkAcl');
});
