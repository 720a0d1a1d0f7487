// The alarms of a function behind a trigger: a processor, or a sink.
import { METRICS } from '../../src/names';
import { type AlarmPlan, IDLE_IS_FINE, lasting } from './alarm-plan';
import type { ConnectorFacts } from './facts';
import type { MonitoringStackProps } from './monitored';
import { kafkaGroup, lambda, ours } from './series';

const LATE_MS = 15 * 60_000;
const NEAR = 0.8;

export function triggerAlarms(reader: ConnectorFacts, cluster: MonitoringStackProps['cluster']): readonly AlarmPlan[] {
  return [
    errors(reader),
    throttles(reader),
    lag(reader),
    nearTimeout(reader),
    ...(cluster === undefined ? [] : reader.reads.map((read) => stalled(reader, cluster, read))),
  ];
}

function errors({ kind, name, functionName, timeoutMs }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'trigger-errors',
    says: `Invocations of ${kind} ${name} fail again and again: its trigger delivers the same records for ever.`,
    watches: lambda('Errors', functionName, 'Sum'),
    comparison: '>=',
    threshold: 1,
    span: lasting(timeoutMs),
    silence: IDLE_IS_FINE,
  };
}

function throttles({ kind, name, functionName }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'trigger-throttles',
    says: `Invocations of ${kind} ${name} are throttled: the account has no concurrency left for them.`,
    watches: lambda('Throttles', functionName, 'Sum'),
    comparison: '>=',
    threshold: 1,
    span: lasting(),
    silence: IDLE_IS_FINE,
  };
}

function lag({ kind, name, timeoutMs }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'trigger-lag',
    says: `Records reach ${kind} ${name} late.`,
    watches: ours(kind === 'sink' ? METRICS.sinkLag : METRICS.processorLag, name),
    comparison: '>=',
    threshold: LATE_MS,
    span: lasting(timeoutMs),
    silence: { is: 'notBreaching', because: 'no record arrived; that none is delivered is another alarm' },
  };
}

function nearTimeout({ kind, name, functionName, timeoutMs }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'trigger-near-timeout',
    says: `Invocations of ${kind} ${name} take nearly as long as they may: soon none comes to its end.`,
    watches: lambda('Duration', functionName, 'Maximum'),
    comparison: '>=',
    threshold: NEAR * timeoutMs,
    span: lasting(timeoutMs),
    silence: IDLE_IS_FINE,
  };
}

/**
 * A trigger that delivers makes the lag fall now and then, whatever the load; so twelve periods without a fall are one that does
 * not, and the thirteenth makes up for a period that CloudWatch has not heard of yet. The average, because Serverless has a
 * value for each partition.
 */
function stalled(
  { kind, name }: ConnectorFacts,
  cluster: NonNullable<MonitoringStackProps['cluster']>,
  read: ConnectorFacts['reads'][number],
): AlarmPlan {
  return {
    runbook: 'trigger-stalled',
    of: read.topic,
    says: `Records of topic ${read.topic} wait for ${kind} ${name}, and the trigger has not delivered any for an hour.`,
    watches: {
      expression: 'IF(lag > 0 AND DIFF(lag) >= 0, 1, 0)',
      using: { lag: kafkaGroup('SumOffsetLag', cluster, read, 'Average') },
    },
    comparison: '>=',
    threshold: 1,
    span: { periodMinutes: 5, periods: 13, breaching: 12 },
    silence: { is: 'notBreaching', because: 'MSK says nothing of a group that has not read yet' },
  };
}
