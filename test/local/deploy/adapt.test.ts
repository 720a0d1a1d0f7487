// What the emulator cannot take leaves a template, and nothing that stays needs it any more.
import { describe, expect, test } from '@jest/globals';
import { adapt } from '../../../local/deploy/adapt';
import { doesLess, leftOut } from '../../../local/deploy/gaps';
import type { Resource } from '../../../local/deploy/template';

const rule: Resource = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { IpProtocol: 'tcp' } };
const role: Resource = { Type: 'AWS::IAM::Role' };
const onMath: Resource = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'dropped', Metrics: [] } };
const onOne: Resource = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors', MetricName: 'Errors' } };

const [rules, math] = leftOut;

describe('a template for the emulator', () => {
  test('is the same when there is nothing that it lacks', () => {
    const template = { Resources: { role, onOne }, Outputs: { Name: { Value: { Ref: 'role' } } } };
    expect(adapt(template)).toEqual({ template, leftOut: new Map() });
  });

  test('lacks what is left out, and says how many of each', () => {
    const adapted = adapt({ Resources: { rule, other: rule, role, onMath, onOne } });
    expect(Object.keys(adapted.template.Resources)).toEqual(['role', 'onOne']);
    expect([...adapted.leftOut]).toEqual([
      [rules, 2],
      [math, 1],
    ]);
  });

  test('waits for nothing that is left out', () => {
    const resources = {
      rule,
      role,
      one: { ...role, DependsOn: ['rule', 'role'] },
      two: { ...role, DependsOn: 'rule' },
    };
    const { Resources } = adapt({ Resources: resources }).template;
    expect(Resources).toEqual({ role, one: { ...role, DependsOn: ['role'] }, two: role });
  });

  test('names an alarm that is left out by the ARN that it would have', () => {
    const dashboard = (alarm: unknown) => ({
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardBody: { 'Fn::Join': ['', ['{"alarms":["', alarm, '"]}']] } },
    });
    const { Resources } = adapt({
      Resources: { onMath, dashboard: dashboard({ 'Fn::GetAtt': ['onMath', 'Arn'] }) },
    }).template;
    expect(Resources).toEqual({ dashboard: dashboard('arn:aws:cloudwatch:us-east-1:000000000000:alarm:dropped') });
  });

  test.each([{ Ref: 'rule' }, { 'Fn::GetAtt': ['rule', 'Id'] }, { 'Fn::GetAtt': 'rule.Id' }])(
    'is refused when it refers to what is left out: %j',
    (reference) => {
      const template = { Resources: { rule, role: { ...role, Properties: { Path: [reference] } } } };
      expect(() => adapt(template)).toThrow(/SecurityGroupEgress, and rule, which is one, is referred to/);
    },
  );
});

test('each gap has its reason', () => {
  for (const { what, why } of [...leftOut, ...doesLess]) {
    expect(what).toMatch(/AWS::\w+::\w+/);
    expect(why.length).toBeGreaterThan(30);
  }
});
