// Lambda functions as they are deployed: runtime, size, log, tags, place and environment.
import { describe, expect, test } from '@jest/globals';
import { type ConfigurationName, configurationNames } from '../synthesis/configurations';
import { read } from '../synthesis/read';
import type { Resource } from '../synthesis/synthesis';

const { template, all } = read('Pipeline');

/** Ours have names; the CDK's own have none. */
const functions = (name?: ConfigurationName) =>
  new Map(
    all('AWS::Lambda::Function', name).flatMap(({ Properties }) =>
      Properties.FunctionName === undefined ? [] : [[String(Properties.FunctionName), Properties] as const],
    ),
  );

/** Of the function with that name. */
function logGroup(functionName: string, name?: ConfigurationName): Resource | undefined {
  const groupName = `/aws/lambda/${functionName}`;
  return all('AWS::Logs::LogGroup', name).find(({ Properties }) => Properties.LogGroupName === groupName);
}

describe('functions', () => {
  test.each(configurationNames)(
    "run on arm64 and Lambda's newest Node, with a log of their own that ends: %s",
    (name) => {
      for (const [functionName, properties] of functions(name)) {
        expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
        const log = logGroup(functionName, name);
        expect(log?.Properties.RetentionInDays).toBe(functionName === 'crm-customers-to-s3' ? 90 : 30);
        expect(Object.entries(template(name).Resources).find(([, resource]) => resource === log)?.[0]).toBe(
          Object(Object(properties.LoggingConfig).LogGroup).Ref,
        );
      }
    },
  );

  test('have the memory and the time that their kind has, or that their file says', () => {
    const sizes = (name: ConfigurationName) =>
      Object.fromEntries([...functions(name)].map(([key, { MemorySize, Timeout }]) => [key, [MemorySize, Timeout]]));
    expect(sizes('defaults')).toEqual({
      'connectless-connect-postgresql': [512, 58],
      'connectless-preflight': [512, 900],
      'connectless-processor': [512, 300],
      'connectless-s3-sink': [512, 300],
      'connectless-registry': [512, 30],
      'connectless-topics': [512, 600],
    });
    expect(sizes('several')).toMatchObject({
      'shop-prices-source': [512, 110],
      'shop-customers-source': [1024, 58],
      'crm-customers-to-s3': [2048, 600],
    });
  });

  test('run one at a time where they are sources, and as many as there are partitions elsewhere', () => {
    for (const [name, { ReservedConcurrentExecutions }] of [...functions(), ...functions('several')]) {
      expect([name, ReservedConcurrentExecutions]).toEqual([name, /source|postgresql/.test(name) ? 1 : undefined]);
    }
  });

  test('carry the tags of their file, with their role and their log', () => {
    const Tags = [
      { Key: 'cost-centre', Value: '4711' },
      { Key: 'team', Value: 'crm' },
    ];
    expect(functions('several').get('crm-customers-to-s3')).toMatchObject({ Tags });
    expect(logGroup('crm-customers-to-s3', 'several')?.Properties).toMatchObject({ Tags });
    const description = 'Role of the function crm-customers-to-s3';
    const role = all('AWS::IAM::Role', 'several').find(({ Properties }) => Properties.Description === description);
    expect(role?.Properties).toMatchObject({ Tags });
    expect(functions('several').get('shop-prices-sink')).not.toHaveProperty('Tags');
  });

  test('stand in the VPC where they talk to brokers, databases or a registry by its name, and nowhere else', () => {
    const inVpc = (name: ConfigurationName) =>
      [...functions(name)].flatMap(([key, { VpcConfig }]) => (VpcConfig === undefined ? [] : [key])).sort();
    expect(inVpc('defaults')).toEqual([
      'connectless-connect-postgresql',
      'connectless-processor',
      'connectless-topics',
    ]);
    expect(inVpc('existing')).toEqual(['connectless-prices-sink', 'connectless-prices-source', 'connectless-topics']);
    expect(functions('own-vpc').get('connectless-processor')).toMatchObject({
      VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
    });
  });

  test('are told what only the deployment knows, and no more than they need', () => {
    const variables = (name: string) =>
      Object.keys(Object(Object(functions().get(name)).Environment).Variables).map((key) =>
        key.replace('CONNECTLESS_', ''),
      );
    const files = ['WORKER', 'CONNECTOR'];
    expect(variables('connectless-connect-postgresql').sort()).toEqual(
      ['BOOTSTRAP_SERVERS', 'DATABASE_HOST', 'DATABASE_PORT', 'STATE_BUCKET', ...files].sort(),
    );
    expect(variables('connectless-processor').sort()).toEqual(['BOOTSTRAP_SERVERS', 'STATE_BUCKET', ...files].sort());
    expect(variables('connectless-s3-sink').sort()).toEqual(['DATA_BUCKET', 'STATE_BUCKET', ...files].sort());
    expect(variables('connectless-registry').sort()).toEqual(['STATE_BUCKET', 'WORKER']);
    expect(variables('connectless-topics').sort()).toEqual(['BOOTSTRAP_SERVERS', 'WORKER']);
  });
});
