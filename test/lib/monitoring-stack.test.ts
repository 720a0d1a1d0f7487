import { beforeAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { AWS_METRICS } from '../../lib/monitoring/series';
import { holdToBestPractices } from '../../lib/validation';
import { METRICS, METRICS_NAMESPACE } from '../../src/names';
import { monitoring, pipeline, processor, sink, source, tutorial } from './monitoring/pipeline';
import { metricNames, type Watched, watched } from './monitoring/template';

const KNOWN = new Set(
  Object.entries({ [METRICS_NAMESPACE]: Object.values(METRICS), ...AWS_METRICS }).flatMap(([namespace, names]) =>
    names.map((name) => `${namespace} ${name}`),
  ),
);

/** `namespace name` of what an alarm watches, an expression’s metrics one by one. */
function watchedBy(alarm: Readonly<Record<string, unknown>>): string[] {
  const { Metrics: parts } = alarm as {
    readonly Metrics?: readonly { MetricStat?: { Metric: Record<string, string> } }[];
  };
  if (parts === undefined) return [`${alarm.Namespace} ${alarm.MetricName}`];
  return parts.flatMap(({ MetricStat: stat }) =>
    stat === undefined ? [] : [`${stat.Metric.Namespace} ${stat.Metric.MetricName}`],
  );
}

describe('the monitoring of one source, one processor and one sink', () => {
  let of: Watched;
  beforeAll(() => {
    const tutorialPipeline = pipeline({ '@aws-cdk/core:validateAgainstDefaultRules': true });
    holdToBestPractices(tutorialPipeline.app);
    of = watched(monitoring(tutorialPipeline, tutorial(tutorialPipeline)));
  }, 120_000);

  test('keeps AWS Solutions’ rules and CloudFormation’s, and is what it was', () => {
    expect(of.template.toJSON()).toMatchSnapshot();
  });

  test('sends every alarm to the one topic, when it rings and when it ends', () => {
    const [topic] = Object.keys(of.template.findResources('AWS::SNS::Topic'));
    const actions = [...of.alarms.values()].map(({ AlarmActions, OKActions }) => [AlarmActions, OKActions]);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions.flat()) expect(action).toEqual([{ Ref: topic }]);
  });

  test('names every alarm by stack, connector and entry', () => {
    expect([...of.alarms.keys()]).toEqual([
      ...[
        'source-errors',
        'source-stopped',
        'source-not-running',
        'source-retries',
        'source-fence-wait',
        'source-freshness',
        'schedule-events-dropped',
      ].map((entry) => `test-monitoring-prices-source-${entry}`),
      ...[
        'trigger-errors',
        'trigger-throttles',
        'trigger-lag',
        'trigger-near-timeout',
        'trigger-stalled-prices-processor-in',
      ].map((entry) => `test-monitoring-prices-processor-${entry}`),
      ...[
        'trigger-errors',
        'trigger-throttles',
        'trigger-lag',
        'trigger-near-timeout',
        'trigger-stalled-prices-sink-in',
        'sink-stopped',
        'sink-dead-letters',
        'sink-gap',
        'sink-open-files',
        'sink-flush-missing',
        'schedule-events-dropped',
      ].map((entry) => `test-monitoring-prices-sink-${entry}`),
      'test-monitoring-brokers-disk',
      'test-monitoring-registry-5xx',
    ]);
  });

  test('turns a plan into CloudWatch’s alarm', () => {
    expect(of.alarms.get('test-monitoring-prices-source-source-not-running')).toMatchObject({
      AlarmDescription:
        'Source prices-source is not started any more: no row is read. Silence rings: a function that is not invoked has no data. ' +
        'What to do: docs/runbook.md#source-not-running',
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'test-prices-source' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
    expect(of.alarms.get('test-monitoring-prices-sink-sink-open-files')).toMatchObject({
      Metrics: [
        { Expression: 'IF(open > 0 AND DIFF(open) >= 0, 1, 0)', ReturnData: true },
        {
          Id: 'open',
          MetricStat: {
            Metric: { Dimensions: [{ Name: 'connector', Value: 'prices-sink' }], MetricName: 'SinkOpenRecords' },
            Period: 3600,
            Stat: 'Average',
          },
        },
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(of.alarms.get('test-monitoring-brokers-disk')).toMatchObject({ TreatMissingData: 'missing' });
  });

  test('has every metric of ours on its dashboard', () => {
    const ours = Object.values(METRICS).map((name) => `${METRICS_NAMESPACE} ${name}`);
    const shown = metricNames(of.widgets);
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  test('asks for no metric that nobody has', () => {
    const asked = new Set([...metricNames(of.widgets), ...[...of.alarms.values()].flatMap(watchedBy)]);
    expect(asked.size).toBeGreaterThan(30);
    expect([...asked].filter((name) => !KNOWN.has(name))).toEqual([]);
  });

  test('shows the state of every alarm', () => {
    expect(of.widgets[0]).toMatchObject({ type: 'alarm' });
    expect(of.widgets[0]?.properties.alarms).toHaveLength(of.alarms.size);
  });

  test('lets this account’s alarms alone publish, over TLS, with a key that they may use', () => {
    of.template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ],
      },
    });
    const [key] = Object.keys(of.template.findResources('AWS::KMS::Key'));
    of.template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    of.template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  test('mails the alarms to whom the settings name', () => {
    of.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'somebody@example.com',
    });
  });

  test('refers to nothing of the functions’ stack, so that a connector can be removed', () => {
    expect(JSON.stringify(of.template.toJSON())).not.toContain('Fn::ImportValue');
  });
});

describe('the monitoring', () => {
  test('is deployed behind the stack of the functions', () => {
    const of = pipeline();
    const stack = monitoring(of, tutorial(of));
    expect(stack.dependencies).toEqual([of.functions]);
  });

  test('has no alarm and no graph of what a pipeline does not have', () => {
    const of = pipeline();
    const { template, alarms, widgets } = watched(monitoring(of, { connectors: [source(of, 'prices')] }));
    expect([...alarms.keys()].filter((name) => !name.startsWith('test-monitoring-prices-'))).toEqual([]);
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    const names = [...metricNames(widgets)];
    expect(names.filter((name) => /Kafka|RDS|ApiGateway|Sink|Processor/.test(name))).toEqual([]);
    const graphs = widgets.filter(({ type }) => type === 'metric');
    expect(graphs.filter(({ properties }) => (properties.metrics ?? []).length === 0)).toEqual([]);
  });

  test('asks MSK Serverless for no time and no disk, and RDS for its own metrics', () => {
    const of = pipeline();
    const props = {
      connectors: [sink(of, 'files')],
      cluster: { name: 'c', type: 'serverless' },
      database: { identifier: 'd', engine: 'rds' },
    } as const;
    const names = metricNames(watched(monitoring(of, props)).widgets);
    expect(names).toContain('AWS/Kafka SumOffsetLag');
    expect(names).not.toContain('AWS/Kafka EstimatedMaxTimeLag');
    expect(names).not.toContain('AWS/Kafka KafkaDataLogsDiskUsed');
    expect(names).toContain('AWS/RDS FreeStorageSpace');
    expect(names).not.toContain('AWS/RDS ACUUtilization');
  });

  test('keeps the alarms of a connector that has the name of something of its own', () => {
    const of = pipeline();
    const connectors = ['Shared', 'AlarmTopic', 'Connectors'].map((name) => source(of, name));
    expect(watched(monitoring(of, { connectors })).alarms.size).toBe(21);
  });

  test('leaves the name of an alarm to CloudFormation where it would be too long', () => {
    const of = pipeline();
    const reads = [{ topic: 't'.repeat(249), group: 'connect-files' }];
    const cluster = { name: 'c', type: 'provisioned' } as const;
    const { alarms } = watched(monitoring(of, { connectors: [sink(of, 'files', { reads })], cluster }));
    expect([...alarms.keys()].filter((name) => name === undefined || name.length > 255)).toEqual([undefined]);
  });

  test('has room for as many connectors as a pipeline’s stack has', () => {
    const of = pipeline();
    const each = Array.from({ length: 14 }, (_, index) => index);
    const connectors = each.flatMap((index) => [
      source(of, `source-${index}`),
      processor(of, `processor-${index}`),
      sink(of, `sink-${index}`, { reads: ['a', 'b'].map((topic) => ({ topic, group: `connect-${index}-${topic}` })) }),
    ]);
    const { template, widgets } = watched(monitoring(of, { ...tutorial(of), connectors }));
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThanOrEqual(500);
    expect(widgets.length).toBeLessThanOrEqual(500);
    const alarmWidgets = widgets.filter(({ type }) => type === 'alarm');
    for (const { properties } of alarmWidgets) expect(properties.alarms?.length).toBeLessThanOrEqual(100);
    expect(Math.max(...widgets.map(({ properties }) => properties.metrics?.length ?? 0))).toBeLessThanOrEqual(500);
  });

  test('says at synthesis that a dashboard is too large for CloudWatch', () => {
    const of = pipeline();
    const reads = Array.from({ length: 501 }, (_, index) => ({ topic: `t-${index}`, group: `connect-${index}` }));
    const cluster = { name: 'c', type: 'provisioned' } as const;
    expect(() => monitoring(of, { connectors: [sink(of, 'files', { reads })], cluster })).toThrow(/CloudWatch takes/);
  });
});
