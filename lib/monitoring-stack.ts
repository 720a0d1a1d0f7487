// What watches a pipeline: one dashboard, and alarms to one topic, each with its entry in docs/runbook.md.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { alarmTopic } from './monitoring/alarm-topic';
import { Alarms } from './monitoring/alarms';
import { connectorAlarms } from './monitoring/connector-alarms';
import { dashboardOf } from './monitoring/dashboard';
import { checkLimits, type Section, withoutEmpty } from './monitoring/dashboard-plan';
import { type ConnectorFacts, factsOf, functionFacts } from './monitoring/facts';
import { flowSections } from './monitoring/flow-sections';
import type { MonitoringStackProps } from './monitoring/monitored';
import { operationSections } from './monitoring/operation-sections';
import { sharedAlarms } from './monitoring/shared-alarms';

export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    const { connectors, registry, alarmEmail } = props;
    const facts = connectors.map(factsOf);
    const topic = alarmTopic(this, 'AlarmTopic', alarmEmail);
    const watched = new Construct(this, 'Connectors');
    const alarms = [
      ...facts.flatMap((one): readonly Alarm[] => {
        return new Alarms(watched, one.name, { of: one.name, plans: connectorAlarms(one, props.cluster), topic }).all;
      }),
      ...new Alarms(this, 'Shared', { plans: sharedAlarms(props), topic }).all,
    ];
    const sections = sectionsOf(facts, props);
    checkLimits(sections);
    const { dashboardName } = dashboardOf(this, 'Dashboard', { alarms, sections });
    this.comeAfter([...connectors, ...(registry === undefined ? [] : [registry])].map(({ handler }) => handler));
    new CfnOutput(this, 'DashboardName', { value: dashboardName });
    new CfnOutput(this, 'AlarmTopicArn', {
      value: topic.topicArn,
      description: 'Subscribe whoever is to hear of alarms',
    });
  }

  /** Nothing here refers to the functions, and an alarm that one does not run should not come before it. */
  private comeAfter(handlers: readonly IFunction[]): void {
    for (const stack of new Set(handlers.map((handler) => Stack.of(handler)))) {
      if (stack !== this) this.addStackDependency(stack);
    }
  }
}

function sectionsOf(connectors: readonly ConnectorFacts[], props: MonitoringStackProps): readonly Section[] {
  const { cluster, registry } = props;
  const all = [
    ...connectors,
    ...(registry === undefined ? [] : [{ name: 'registry', ...functionFacts(registry.handler) }]),
  ];
  return withoutEmpty([...flowSections(connectors, cluster), ...operationSections({ connectors, all }, props)]);
}
