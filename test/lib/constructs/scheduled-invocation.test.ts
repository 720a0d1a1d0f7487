// What starts functions by the clock.
import { describe, expect, test } from '@jest/globals';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduledInvocation } from '../../../lib/constructs/scheduled-invocation';
import type { ConfigurationName } from '../synthesis/configurations';
import { read } from '../synthesis/read';

const { all } = read('Pipeline');

const schedules = (name?: ConfigurationName) =>
  Object.fromEntries(
    all('AWS::Scheduler::Schedule', name).map(({ Properties }) => {
      const { Input, RetryPolicy } = Object(Properties.Target);
      return [Properties.Description, [Properties.ScheduleExpression, Input, RetryPolicy.MaximumRetryAttempts]];
    }),
  );

describe('schedules', () => {
  test('start a source as often as it polls, at most every minute, and flush a sink every five', () => {
    expect(schedules()).toEqual({
      'Starts source connect-postgresql': ['rate(1 minute)', '{}', 0],
      'Flushes sink s3-sink': ['rate(5 minutes)', '{"connectless":"flush"}', 0],
    });
    expect(schedules('several')).toMatchObject({
      'Starts source prices.source': ['rate(2 minutes)', '{}', 0],
      'Starts source customers-source': ['rate(1 minute)', '{}', 0],
    });
  });

  test('flush a sink each minute where the wall clock closes its files', () => {
    expect(schedules('sinks')).toMatchObject({
      'Flushes sink prices-sink': ['rate(1 minute)', '{"connectless":"flush"}', 0],
      'Flushes sink audit-sink': ['rate(1 minute)', '{"connectless":"flush"}', 0],
      'Flushes sink partner-sink': ['rate(5 minutes)', '{"connectless":"flush"}', 0],
    });
  });

  test('are tried again neither by the scheduler nor by Lambda: the next turn comes', () => {
    const configs = all('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    expect(configs).toHaveLength(2);
    expect(configs.map(({ MaximumEventAgeInSeconds }) => MaximumEventAgeInSeconds).sort()).toEqual([300, 60]);
    for (const config of configs) expect(config.MaximumRetryAttempts).toBe(0);
  });
});

test('a schedule of days keeps its event as long as Lambda and the scheduler do, and no longer', () => {
  const stack = new Stack();
  const handler = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
  new ScheduledInvocation(stack, 'Schedule', { handler, every: Duration.days(2), description: 'Every other day' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 21_600 });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(2 days)',
    Target: { RetryPolicy: { MaximumEventAgeInSeconds: 86_400 } },
  });
});
