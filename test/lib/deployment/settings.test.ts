import { describe, expect, test } from '@jest/globals';
import { settingDefinitions } from '../../../lib/deployment/setting-definitions';
import { settingsOf } from '../../../lib/deployment/settings';
import { faultLine } from '../../../src/config/report';
import { CLUSTER_SETTINGS } from './decided';

const NOWHERE = () => undefined;
const settingsFrom = (context: Readonly<Record<string, unknown>>) => {
  const { settings, faults } = settingsOf(context, NOWHERE);
  expect(faults).toEqual([]);
  return settings;
};
const faultsOf = (context: Readonly<Record<string, unknown>>, lineOf: (key: string) => number | undefined = NOWHERE) =>
  settingsOf(context, lineOf).faults.map(faultLine);

const { 'connectless.cluster.arn': arn, 'connectless.cluster.security.group.id': group, ...VPC } = CLUSTER_SETTINGS;

test('without any, everything is made', () => {
  expect(settingsFrom({ '@aws-cdk/core:anything': true })).toEqual({
    connectors: 'connectors',
    name: 'connectless',
    zones: 3,
    cluster: { type: 'provisioned', instanceType: 'kafka.m7g.large', storageGib: 100 },
    database: { engine: 'aurora', instanceType: 't4g.micro' },
  });
});

test('each is read', () => {
  const given = {
    ...CLUSTER_SETTINGS,
    'connectless.connectors': 'deploy/connectors',
    'connectless.name': 'shop-1',
    'connectless.zones': '2',
    'connectless.zone.names': 'eu-central-1b,eu-central-1c',
    'connectless.vpc.s3.prefix.list.id': 'pl-6ea54007',
    'connectless.cluster.type': 'serverless',
    'connectless.cluster.instance.type': 'kafka.t3.small',
    'connectless.cluster.storage.gib': '10',
    'connectless.database.engine': 'rds',
    'connectless.database.instance.type': 'm7g.large',
    'connectless.database.security.group.id': 'sg-01234567',
    'connectless.database.resource.id': 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    'connectless.alarm.email': 'data@example.com',
  };
  expect(Object.keys(given).sort()).toEqual(settingDefinitions.map(({ name }) => name).sort());
  expect(settingsFrom(given)).toEqual({
    connectors: 'deploy/connectors',
    name: 'shop-1',
    zones: 2,
    zoneNames: ['eu-central-1b', 'eu-central-1c'],
    vpc: {
      id: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      s3PrefixListId: 'pl-6ea54007',
    },
    cluster: {
      type: 'serverless',
      arn,
      securityGroupId: group,
      instanceType: 'kafka.t3.small',
      storageGib: 10,
    },
    database: {
      engine: 'rds',
      securityGroupId: 'sg-01234567',
      resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      instanceType: 'm7g.large',
    },
    alarmEmail: 'data@example.com',
  });
});

test('as many zones are named as there are', () => {
  expect(faultsOf({ 'connectless.zone.names': 'us-east-1b,us-east-1c' })).toEqual([
    'cdk.json: connectless.zone.names: names 2 zones, and connectless.zones is 3; name as many',
  ]);
});

test('a number and a list may stand in cdk.json as such', () => {
  const lists = { 'connectless.vpc.subnet.ids': VPC['connectless.vpc.subnet.ids'].split(','), 'connectless.zones': 2 };
  expect(settingsFrom({ ...VPC, ...lists })).toMatchObject({
    zones: 2,
    vpc: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  });
});

describe('a fault', () => {
  test('of a name suggests the one that is nearest, with the line of cdk.json', () => {
    expect(faultsOf({ 'connectless.cluster.tpye': 'serverless' }, () => 7)).toEqual([
      'cdk.json:7: connectless.cluster.tpye: is not a known property; did you mean connectless.cluster.type?',
    ]);
  });

  test('has no line where the value came with -c', () => {
    expect(faultsOf({ 'connectless.nothing.of.the.kind': 'x' })[0]).toMatch(/^cdk\.json: connectless\.nothing/);
  });

  test.each([
    ['connectless.zones', '4', 'is more than 3; write a number up to 3'],
    ['connectless.zones', '1', 'is less than 2; write a number from 2'],
    ['connectless.name', 'Shop', 'is no name; use small letters, digits and single "-" between them, up to 20'],
    ['connectless.name', 'a'.repeat(21), 'is no name; use small letters'],
    ['connectless.name', 'shop-', 'is no name; use small letters'],
    ['connectless.name', 'a--b', 'is no name; use small letters'],
    ['connectless.database.instance.type', 'db.t4g.micro', 'is no type of instance; write for example t4g.micro'],
    ['connectless.cluster.type', 'express', 'is none of provisioned, serverless; write provisioned or serverless'],
    ['connectless.cluster.arn', 'arn:aws:kafka:a:1:topic/x', 'is no ARN of an MSK cluster; write arn:aws:kafka:'],
    ['connectless.cluster.instance.type', 'm7g.large', 'is no type of broker; write for example kafka.m7g.large'],
    ['connectless.cluster.storage.gib', '0', 'is less than 1; write a number from 1'],
    ['connectless.cluster.storage.gib', 'ten', 'is not a whole number'],
    ['connectless.database.engine', 'mysql', 'is none of aurora, rds; write aurora or rds'],
    ['connectless.database.security.group.id', 'sg-xyz', 'is no such id; write one such as sg-0123456789abcdef0'],
    ['connectless.database.resource.id', 'my-cluster', 'is no such id; write one such as cluster-ABC'],
    ['connectless.vpc.id', 'vpc-1', 'is no such id; write one such as vpc-0123456789abcdef0'],
    ['connectless.vpc.s3.prefix.list.id', 'pl', 'is no such id; write one such as pl-0123456789abcdef0'],
    ['connectless.connectors', '', 'lacks a value'],
    ['connectless.alarm.email', '', 'lacks a value'],
  ])('of a value: %s=%s', (name, value, says) => {
    const [first = ''] = faultsOf({ [name]: value });
    expect(first.startsWith(`cdk.json: ${name}: `)).toBe(true);
    expect(first).toContain(says);
  });
});

describe('what no setting says alone', () => {
  test.each([
    [
      'subnets and zones that do not match',
      { ...VPC, 'connectless.vpc.availability.zones': 'eu-central-1a' },
      'cdk.json: connectless.vpc.subnet.ids: has 2 subnets for 1 availability zones; name one private subnet in each zone, and the zones in the same order',
    ],
    [
      'a VPC without subnets',
      { 'connectless.vpc.id': 'vpc-0123456789abcdef0' },
      'cdk.json: connectless.vpc.subnet.ids: has 0 subnets for 0 availability zones; name one private subnet in each zone, and the zones in the same order',
    ],
    [
      'one subnet',
      {
        ...VPC,
        'connectless.vpc.subnet.ids': 'subnet-0123456789abcdef0',
        'connectless.vpc.availability.zones': 'eu-central-1a',
      },
      'cdk.json: connectless.vpc.subnet.ids: names one subnet; name subnets in two zones or three: brokers and database stand in each',
    ],
    [
      'more subnets than a cluster that is made can have',
      {
        ...VPC,
        'connectless.vpc.subnet.ids': Array(4).fill('subnet-0123456789abcdef0').join(),
        'connectless.vpc.availability.zones': 'a,b,c,d',
      },
      'cdk.json: connectless.vpc.subnet.ids: names 4 subnets; name subnets in two zones or three: brokers and database stand in each',
    ],
    [
      'subnets without their VPC',
      { 'connectless.vpc.subnet.ids': VPC['connectless.vpc.subnet.ids'] },
      'cdk.json: connectless.vpc.id: is missing, and subnets are named; add the id of their VPC',
    ],
    [
      'a cluster without its VPC',
      { 'connectless.cluster.arn': arn, 'connectless.cluster.security.group.id': group },
      "cdk.json: connectless.vpc.id: is missing, and the existing cluster is in a VPC; add connectless.vpc.id, .subnet.ids and .availability.zones of the cluster's VPC",
    ],
    [
      'a cluster without its security group',
      { ...VPC, 'connectless.cluster.arn': arn },
      'cdk.json: connectless.cluster.security.group.id: is missing, and connectless.cluster.arn is set; add it: the functions are let in there',
    ],
  ])('%s', (_, context, fault) => expect(faultsOf(context)).toEqual([fault]));
});
