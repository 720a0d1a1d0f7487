// The planned sections as a CloudWatch dashboard, three graphs a row.
import { Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricOf } from './cloudwatch';
import type { Graph, Section } from './dashboard-plan';

const WIDTH = 24;
const GRAPHS_A_ROW = 3;
const ALARMS_A_WIDGET = 100;

export function dashboardOf(
  scope: Construct,
  id: string,
  { alarms, sections }: { readonly alarms: readonly Alarm[]; readonly sections: readonly Section[] },
): Dashboard {
  return new Dashboard(scope, id, {
    dashboardName: Stack.of(scope).stackName,
    // Sums are of five minutes each, however far back one looks.
    periodOverride: PeriodOverride.INHERIT,
    widgets: [...chunks(alarms, ALARMS_A_WIDGET).map((some) => [alarmStatus(some)]), ...sections.flatMap(rowsOf)],
  });
}

function alarmStatus(alarms: readonly Alarm[]): IWidget {
  const rows = Math.ceil(alarms.length / 6);
  return new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDTH, height: Math.min(12, 2 + rows) });
}

function rowsOf({ title, text, graphs }: Section): IWidget[][] {
  const markdown = text === undefined ? `## ${title}` : `## ${title}\n${text}`;
  const heading = new TextWidget({ markdown, width: WIDTH, height: text === undefined ? 1 : 3 });
  return [[heading], ...chunks(graphs, GRAPHS_A_ROW).map((row) => row.map(graphOf))];
}

function graphOf({ title, unit, lines, periodMinutes = 5 }: Graph): IWidget {
  return new GraphWidget({
    title,
    width: WIDTH / GRAPHS_A_ROW,
    leftYAxis: { label: unit, min: 0, showUnits: false },
    left: lines.map(({ series, label }) => metricOf(series, periodMinutes, label)),
  });
}

function chunks<Value>(values: readonly Value[], size: number): readonly Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
