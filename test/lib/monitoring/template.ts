// What a synthesised monitoring has: its alarms by name, and the widgets of its dashboard.
import { Template } from 'aws-cdk-lib/assertions';
import type { MonitoringStack } from '../../../lib/monitoring-stack';

export interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
  };
}

export interface Watched {
  readonly template: Template;
  readonly alarms: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly widgets: readonly Widget[];
}

export function watched(stack: MonitoringStack): Watched {
  const template = Template.fromStack(stack);
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  return {
    template,
    alarms: new Map(alarms.map(({ Properties }) => [Properties.AlarmName, Properties])),
    widgets: JSON.parse(textOf(dashboard?.Properties.DashboardBody)).widgets,
  };
}

/** With references as `REF`. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  const parts: readonly unknown[] = Object(body)['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : 'REF')).join('');
}

/** `namespace name` of every metric, those of expressions too. */
export function metricNames(widgets: readonly Widget[]): Set<string> {
  const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []);
  const metrics = lines.filter(([namespace]) => typeof namespace === 'string');
  return new Set(metrics.map(([namespace, name]) => `${namespace} ${name}`));
}
