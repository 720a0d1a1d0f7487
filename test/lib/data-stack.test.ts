// What holds data: its logical ids, and what it tells.
import { expect, test } from '@jest/globals';
import type { ConfigurationName } from './synthesis/configurations';
import { read } from './synthesis/read';

const { template } = read('Data');
const { template: pipeline } = read('Pipeline');
const { template: monitoring } = read('Monitoring');

test('logical ids of what holds data stay: another id would replace it', () => {
  const stateful = /^AWS::(S3::Bucket|MSK::(Serverless)?Cluster|RDS::DB(Cluster|Instance)|EC2::(VPC|Subnet))$/;
  const idsOf = (name: ConfigurationName) =>
    Object.entries(template(name).Resources).flatMap(([id, { Type }]) => (stateful.test(Type) ? [id] : []));
  const buckets = ['StateBucket446E0578', 'DataBucketE3889A50'];
  const network = ['Vpc8378EB38', 'VpcisolatedSubnet1SubnetE62B1B9B', 'VpcisolatedSubnet2Subnet39217055'];
  const three = [...network, 'VpcisolatedSubnet3Subnet44F2537D'];
  const aurora = ['DatabaseB269D8BB', 'DatabaseWriter7794273E'];
  expect(idsOf('defaults')).toEqual([...buckets, ...three, 'Cluster', ...aurora]);
  expect(idsOf('serverless')).toEqual([...buckets, ...three, 'Cluster', ...aurora]);
  expect(idsOf('rds')).toEqual([...buckets, ...three, 'Cluster', 'DatabaseB269D8BB']);
  expect(idsOf('several')).toEqual([...buckets, ...network, 'Cluster', ...aurora]);
  expect(idsOf('own-vpc')).toEqual([...buckets, 'Cluster', ...aurora]);
  expect(idsOf('scram')).toEqual(buckets);
});

test('outputs name what was made', () => {
  const names = (name: ConfigurationName) =>
    Object.keys(template(name).Outputs ?? {}).filter((output) => !output.startsWith('Exports'));
  const made = ['DataBucketName', 'StateBucketName', 'ClusterArn', 'DatabaseHost'];
  expect(names('defaults')).toEqual([...made, 'DatabaseArn', 'DatabaseSecretArn']);
  expect(names('rds').sort()).toEqual([...made].sort());
  expect(names('scram')).toEqual(['DataBucketName', 'StateBucketName']);
});

test('the database comes after the cluster: a rollback cannot delete what deletion protection keeps', () => {
  for (const name of ['defaults', 'rds'] as const) {
    expect(template(name).Resources.DatabaseB269D8BB?.DependsOn).toContain('Cluster');
  }
});

test('buckets and database alone outlive their stacks', () => {
  const kept = [template, pipeline, monitoring].flatMap((of) =>
    Object.values(of('defaults').Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain' || DeletionPolicy === 'Snapshot')
      .map(({ Type, DeletionPolicy }) => `${Type}: ${DeletionPolicy}`),
  );
  expect(kept.sort()).toEqual(['AWS::RDS::DBCluster: Snapshot', 'AWS::S3::Bucket: Retain', 'AWS::S3::Bucket: Retain']);
});
