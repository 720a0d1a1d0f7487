// The alarms that only a sink has: what it cannot write, and what it does not close.
import { METRICS } from '../../src/names';
import { type AlarmPlan, AT_ONCE, lasting } from './alarm-plan';
import type { ConnectorFacts } from './facts';
import { eventsDropped } from './schedule-alarm';
import { ours } from './series';

export function sinkAlarms(sink: ConnectorFacts): readonly AlarmPlan[] {
  const flushes = lasting(2 * (sink.flushMinutes ?? 5) * 60_000, sink.timeoutMs);
  return [
    stopped(sink),
    deadLetters(sink),
    gap(sink),
    openFiles(sink),
    flushMissing(sink, flushes),
    eventsDropped(sink, flushes),
  ];
}

function stopped({ name }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'sink-stopped',
    says: `A partition of sink ${name} has stopped until somebody acts: a record, a file or a right is in its way.`,
    watches: ours(METRICS.sinkStopped, name),
    comparison: '>=',
    threshold: 1,
    span: AT_ONCE,
    silence: { is: 'notBreaching', because: 'only a partition that has stopped is counted' },
  };
}

/** Tolerated faults that go nowhere ring nothing: `errors.tolerance=all` without a topic asks for silence. */
function deadLetters({ name }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'sink-dead-letters',
    says: `Records of sink ${name} could not be written, and went to its dead-letter topic.`,
    watches: ours(METRICS.sinkDeadLetters, name),
    comparison: '>=',
    threshold: 1,
    span: AT_ONCE,
    silence: { is: 'notBreaching', because: 'only dead letters are counted' },
  };
}

function gap({ name }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'sink-gap',
    says: `Offsets that sink ${name} had not read are gone from its topic.`,
    watches: ours(METRICS.sinkGapRecords, name),
    comparison: '>=',
    threshold: 1,
    span: AT_ONCE,
    silence: { is: 'notBreaching', because: 'only offsets that are gone are counted' },
  };
}

/**
 * A file that is closed makes the number of records in open files fall, whatever the load; a day of hours without a fall is a day
 * without a file. One of the 24 may be missing.
 */
function openFiles({ name }: ConnectorFacts): AlarmPlan {
  return {
    runbook: 'sink-open-files',
    says: `Records of sink ${name} have been in open files for a day, and no file was closed.`,
    watches: {
      expression: 'IF(open > 0 AND DIFF(open) >= 0, 1, 0)',
      using: { open: ours(METRICS.sinkOpenRecords, name, 'Average') },
    },
    comparison: '>=',
    threshold: 1,
    span: { periodMinutes: 60, periods: 24, breaching: 23 },
    silence: { is: 'notBreaching', because: 'that there is no flush is another alarm' },
  };
}

function flushMissing({ name }: ConnectorFacts, span: AlarmPlan['span']): AlarmPlan {
  return {
    runbook: 'sink-flush-missing',
    says: `No flush of sink ${name} comes to its end: files that are due by the clock stay open.`,
    watches: ours(METRICS.sinkOpenRecords, name, 'SampleCount'),
    comparison: '<',
    threshold: 1,
    span,
    silence: { is: 'breaching', because: 'each flush says how many records are open, zero too' },
  };
}
