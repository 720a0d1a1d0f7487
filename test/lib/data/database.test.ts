// The Postgres that is made: Aurora, or RDS.
import { describe, expect, test } from '@jest/globals';
import { read } from '../synthesis/read';
import type { Resource } from '../synthesis/synthesis';
import { resourcesOf } from '../synthesis/template';

const { template, only } = read('Data');

const SAFE = {
  EnableIAMDatabaseAuthentication: true,
  ManageMasterUserPassword: true,
  StorageEncrypted: true,
  DeletionProtection: true,
  CopyTagsToSnapshot: true,
  EnableCloudwatchLogsExports: ['postgresql'],
};
const isSafe = (database: Resource) => {
  expect(database).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot', Properties: SAFE });
  expect(database.Properties).not.toHaveProperty('MasterUserPassword');
  expect(database.Properties).not.toHaveProperty('DatabaseName');
  expect(database.Properties).not.toHaveProperty('DBName');
};

describe('the database', () => {
  test('is Aurora Serverless v2 with the Data API; its name is not that of a database, which would replace it', () => {
    const cluster = only('AWS::RDS::DBCluster');
    isSafe(cluster);
    expect(cluster.Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      EnableHttpEndpoint: true,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
    });
    expect(only('AWS::RDS::DBInstance').Properties).toMatchObject({
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    });
  });

  test('is RDS in two zones where cdk.json says so, with no Data API and nothing that would need it', () => {
    expect(resourcesOf(template('rds'), 'AWS::RDS::DBCluster').size).toBe(0);
    expect(resourcesOf(template('rds'), 'Custom::DatabaseBootstrap').size).toBe(0);
    const instance = only('AWS::RDS::DBInstance', 'rds');
    isSafe(instance);
    expect(instance.Properties).toMatchObject({
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.micro',
      MultiAZ: true,
      PubliclyAccessible: false,
    });
  });

  test.each([
    ['defaults', 'AWS::RDS::DBClusterParameterGroup'],
    ['rds', 'AWS::RDS::DBParameterGroup'],
  ] as const)('lets nobody in without TLS: %s', (name, type) => {
    expect(only(type, name).Properties.Parameters).toMatchObject({ 'rds.force_ssl': '1' });
  });

  test('is made ready once the writer is there, in the database that the source names', () => {
    const { Properties, DependsOn } = only('Custom::DatabaseBootstrap', 'several');
    expect(Properties).toMatchObject({ Database: 'shop' });
    expect(JSON.stringify(Properties.Statements)).toContain('GRANT rds_iam TO \\"connectless\\"');
    expect(DependsOn).toEqual(expect.arrayContaining(['DatabaseWriter7794273E', 'DatabaseB269D8BB']));
  });
});
