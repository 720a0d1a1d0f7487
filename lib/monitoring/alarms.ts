// The planned alarms as CloudWatch's, all to one topic, when they ring and when they end.
import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmPlan, Silence } from './alarm-plan';
import { metricOf } from './cloudwatch';

const COMPARISONS: Readonly<Record<AlarmPlan['comparison'], ComparisonOperator>> = {
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
};
const SILENCES: Readonly<Record<Silence['is'], TreatMissingData>> = {
  breaching: TreatMissingData.BREACHING,
  notBreaching: TreatMissingData.NOT_BREACHING,
  missing: TreatMissingData.MISSING,
};
const SILENCE_IS: Readonly<Record<Silence['is'], string>> = {
  breaching: 'rings',
  notBreaching: 'is fine',
  missing: 'tells nothing',
};
const LONGEST_NAME = 255;

export interface AlarmsProps {
  /** The connector: part of each alarm's name. @default the alarms are of what connectors share */
  readonly of?: string;
  readonly plans: readonly AlarmPlan[];
  readonly topic: ITopic;
}

/** An alarm's place in the stack follows from its entry in the runbook, so that it stays the same alarm. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { of, plans, topic }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.all = plans.map((plan) => {
      const alarm = alarmOf(this, of, plan);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

function alarmOf(scope: Construct, of: string | undefined, plan: AlarmPlan): Alarm {
  const { runbook, watches, comparison, threshold, span, silence } = plan;
  const id = plan.of === undefined ? runbook : `${runbook}-${plan.of}`;
  const name = [Stack.of(scope).stackName, of, id].filter((part) => part !== undefined).join('-');
  return new Alarm(scope, id, {
    ...(name.length > LONGEST_NAME ? {} : { alarmName: name }),
    alarmDescription: descriptionOf(plan),
    metric: metricOf(watches, span.periodMinutes),
    comparisonOperator: COMPARISONS[comparison],
    threshold,
    evaluationPeriods: span.periods,
    datapointsToAlarm: span.breaching,
    treatMissingData: SILENCES[silence.is],
  });
}

/** What the mail says. */
function descriptionOf({ says, silence, runbook }: AlarmPlan): string {
  return `${says} Silence ${SILENCE_IS[silence.is]}: ${silence.because}. What to do: docs/runbook.md#${runbook}`;
}
