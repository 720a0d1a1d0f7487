// The example: the constructs in an app of somebody else, beside resources of its own.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type StackTemplate, SYNTHESIS_TIMEOUT_MS, synthesis } from './synthesis/synthesis';
import { importsOf, onlyOne, resourcesOf, templateOf } from './synthesis/template';

let orders: StackTemplate;
let platform: StackTemplate;

beforeAll(async () => {
  const made = await synthesis('own-app');
  orders = templateOf(made, 'Orders');
  platform = templateOf(made, 'Platform');
}, SYNTHESIS_TIMEOUT_MS);

const policyOf = (role: RegExp) => {
  const [id] = Object.keys(orders.Resources).filter((key) => role.test(key) && key.includes('DefaultPolicy'));
  return JSON.stringify(orders.Resources[id ?? '']?.Properties.PolicyDocument);
};

test('has its functions, triggers and topics, and makes none of what the app has anyway', () => {
  const names = [...resourcesOf(orders, 'AWS::Lambda::Function').values()].flatMap(
    ({ Properties }) => Properties.FunctionName ?? [],
  );
  expect(names.sort()).toEqual([
    'orders-orders-processor',
    'orders-orders-sink',
    'orders-orders-source',
    'orders-registry',
    'orders-topics',
  ]);
  expect([...resourcesOf(orders, 'Custom::KafkaTopic').values()].map(({ Properties }) => Properties)).toMatchObject([
    { Topic: 'lake-orders', Partitions: '3' },
    { Topic: 'shop-orders', Partitions: '3' },
  ]);
  for (const type of ['AWS::MSK::ServerlessCluster', 'AWS::RDS::DBCluster', 'AWS::EC2::VPC']) {
    expect(resourcesOf(orders, type).size).toBe(0);
    expect(resourcesOf(platform, type).size).toBe(1);
  }
  expect(resourcesOf(orders, 'AWS::S3::Bucket').size).toBe(1);
});

describe('what is given to the constructs', () => {
  test('is granted: cluster, database by its resource id, and the lake below topics.dir', () => {
    expect(policyOf(/^orderssourceSource/)).toMatch(/rds-db:connect.*DBClusterResourceId.*\/connectless"/);
    expect(policyOf(/^orderssourceSource/)).toMatch(/kafka-cluster:WriteData.*\/shop-orders"/);
    expect(policyOf(/^orderssinkSink/)).toMatch(/s3:AbortMultipartUpload.*Lake.*\/raw\/\*"/);
    expect(importsOf(orders).every((name) => name.startsWith('Platform:'))).toBe(true);
  });

  test('lets the functions in: brokers and database', () => {
    const ports = [...resourcesOf(orders, 'AWS::EC2::SecurityGroupIngress').values()].map(
      ({ Properties }) => Properties.FromPort,
    );
    expect(ports.sort()).toEqual([5432, 9098, 9098, 9098]);
  });
});

test("S3's prefix list is asked for once, for all functions", () => {
  expect(JSON.stringify(onlyOne(orders, 'Custom::S3PrefixList').Properties)).toContain('prefix-list-name');
  const out = [...resourcesOf(orders, 'AWS::EC2::SecurityGroupEgress').values()];
  expect(
    out.filter(({ Properties: { DestinationPrefixListId } }) => DestinationPrefixListId !== undefined),
  ).toHaveLength(2);
});

test('who was granted to read may look schemas up, and register none', () => {
  const policy = policyOf(/^Analysts/);
  expect(policy).toContain('execute-api:Invoke');
  expect(policy).toContain('/$default/GET/*');
  expect(policy).not.toMatch(/POST|PUT/);
});
