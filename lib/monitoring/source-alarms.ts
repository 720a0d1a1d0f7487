// The alarms of a source: a function that a schedule starts.
import { METRICS } from '../../src/names';
import { scheduleMinutes } from '../deployment/schedules';
import { type AlarmPlan, IDLE_IS_FINE, lasting, type Span } from './alarm-plan';
import type { ConnectorFacts } from './facts';
import { eventsDropped } from './schedule-alarm';
import { lambda, ours } from './series';

const FRESH_MS = 5 * 60_000;
const FENCE_WAIT_MS = 60_000;

/** Its throttles ring nothing: with a reserved concurrency of 1, they are how a second start waits for the first. */
export function sourceAlarms(source: ConnectorFacts): readonly AlarmPlan[] {
  const cycleMs = 60_000 * scheduleMinutes(source.pollIntervalMs ?? 0);
  const span = lasting(cycleMs, source.timeoutMs);
  return [
    errors(source, span),
    stopped(source, span),
    ...notRunning(source, span),
    retries(source, span),
    fenceWait(source, span),
    freshness(source, span),
    // A source that outlasts its schedule drops the starts that come meanwhile, and is meant to.
    ...(source.timeoutMs < cycleMs ? [eventsDropped(source, span)] : []),
  ];
}

function errors({ name, functionName }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'source-errors',
    says: `Source ${name} fails again and again: a table, or all of them, are not read on.`,
    watches: lambda('Errors', functionName, 'Sum'),
    comparison: '>=',
    threshold: 1,
    span,
    silence: { is: 'notBreaching', because: 'that it does not run at all is another alarm' },
  };
}

/** Each invocation counts them anew; the first one rings. */
function stopped({ name }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'source-stopped',
    says: `A table of source ${name} has stopped until somebody acts: its schema, its topic or an open transaction is in its way.`,
    watches: ours(METRICS.sourceStopped, name),
    comparison: '>=',
    threshold: 1,
    span: { ...span, breaching: 1 },
    silence: { is: 'notBreaching', because: 'only a table that has stopped is counted' },
  };
}

/** One period may be empty between two starts, two may not: with fewer in a day, there is nothing to tell. */
function notRunning({ name, functionName }: ConnectorFacts, span: Span): readonly AlarmPlan[] {
  if (span.periods < 2) return [];
  return [
    {
      runbook: 'source-not-running',
      says: `Source ${name} is not started any more: no row is read.`,
      watches: lambda('Invocations', functionName, 'Sum'),
      comparison: '<',
      threshold: 1,
      span,
      silence: { is: 'breaching', because: 'a function that is not invoked has no data' },
    },
  ];
}

function retries({ name }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'source-retries',
    says: `Source ${name} tries again and again: Postgres, Kafka, the registry or the state does not answer.`,
    watches: ours(METRICS.sourceRetries, name),
    comparison: '>=',
    // A failover or a broker's restart is a few; what lasts is tried at least six times a minute.
    threshold: 5,
    span,
    silence: IDLE_IS_FINE,
  };
}

function fenceWait({ name, timeoutMs }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'source-fence-wait',
    says: `Rows for source ${name} wait for a transaction that stays open.`,
    watches: ours(METRICS.sourceFenceWait, name),
    comparison: '>=',
    // A wait ends with the invocation, and is then taken up by the next.
    threshold: Math.min(FENCE_WAIT_MS, 0.75 * timeoutMs),
    span,
    silence: IDLE_IS_FINE,
  };
}

function freshness({ name, pollIntervalMs = 0 }: ConnectorFacts, span: Span): AlarmPlan {
  return {
    runbook: 'source-freshness',
    says: `Rows reach the topics of source ${name} late.`,
    watches: ours(METRICS.sourceFreshness, name),
    comparison: '>=',
    threshold: Math.max(FRESH_MS, 3 * pollIntervalMs),
    span,
    silence: IDLE_IS_FINE,
  };
}
