// The checks of a synthesis can say no, and an exception covers what it explains and nothing beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { explain, explainWildcards, holdToBestPractices } from '../../lib/validation';
import { cdkContext } from './synthesis/synthesise';

jest.setTimeout(120_000);

let outdir: string;
let app: App;
let stack: Stack;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'connectless-validation-'));
  app = new App({ outdir, context: cdkContext() });
  holdToBestPractices(app);
  stack = new Stack(app, 'Stack');
});

afterEach(() => rmSync(outdir, { recursive: true }));

interface Report {
  readonly violations: readonly {
    readonly ruleName: string;
    readonly violatingConstructs: readonly { readonly constructPath: string }[];
  }[];
}

/** What a synthesis is refused for: the rules, each with its construct. */
function refusals(): readonly string[] {
  expect(() => app.synth()).toThrow();
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  const reports: readonly Report[] = pluginReports;
  return reports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName}: ${constructPath}`),
    ),
  );
}

test("AWS Solutions' rules are on", () => {
  new Bucket(stack, 'Bucket');
  expect(refusals()).toEqual(['AwsSolutions-S1: Stack/Bucket/Resource', 'AwsSolutions-S10: Stack/Bucket/Resource']);
});

test("the CDK's own rules on templates are on", () => {
  new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueNaem: 'a' } });
  expect(refusals()).toContain('F3002: Stack/Queue');
});

test('a finding that is explained is none', () => {
  const bucket = new Bucket(stack, 'Bucket', { enforceSSL: true });
  explain(bucket, 'S1', 'The test has no use for logs.');
  expect(() => app.synth()).not.toThrow();
});

describe('a wildcard', () => {
  const roleWith = (id: string, resource: string) => {
    const role = new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] }));
    return role;
  };
  const reason = { wildcard: /\/files\/\*$/, reason: 'Names of files are not known.' };

  test('that a reason fits is explained', () => {
    explainWildcards(roleWith('Role', 'arn:aws:s3:::a/files/*'), [reason]);
    expect(() => app.synth()).not.toThrow();
  });

  test('that no reason fits is reported', () => {
    explainWildcards(roleWith('Role', 'arn:aws:s3:::a/*'), [reason]);
    expect(refusals()).toEqual(['AwsSolutions-IAM5[Resource::arn:aws:s3:::a/*]: Stack/Role/DefaultPolicy/Resource']);
  });

  test('of another construct is reported', () => {
    explainWildcards(roleWith('Explained', 'arn:aws:s3:::a/files/*'), [reason]);
    roleWith('Other', 'arn:aws:s3:::a/files/*');
    const finding = 'AwsSolutions-IAM5[Resource::arn:aws:s3:::a/files/*]';
    expect(refusals()).toEqual([`${finding}: Stack/Other/DefaultPolicy/Resource`]);
  });
});
