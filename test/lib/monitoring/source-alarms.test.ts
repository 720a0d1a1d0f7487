import { describe, expect, test } from '@jest/globals';
import { sourceAlarms } from '../../../lib/monitoring/source-alarms';
import { alarmOf } from './alarms-of';

const HOUR = 3_600_000;

function alarms(more: { readonly pollIntervalMs?: number; readonly timeoutMs?: number } = {}) {
  const facts = { kind: 'source', name: 'prices', functionName: 'f', pollIntervalMs: 5000, timeoutMs: 58_000 } as const;
  return sourceAlarms({ ...facts, reads: [], ...more });
}

describe('the alarms of a source', () => {
  test('are seven, each once, and its throttles ring nothing', () => {
    expect(alarms().map(({ runbook }) => runbook)).toEqual([
      'source-errors',
      'source-stopped',
      'source-not-running',
      'source-retries',
      'source-fence-wait',
      'source-freshness',
      'schedule-events-dropped',
    ]);
  });

  test('ring for errors and a missing start of three periods in a row', () => {
    const span = { periodMinutes: 5, periods: 3, breaching: 3 };
    expect(alarmOf(alarms(), 'source-errors')).toMatchObject({
      watches: { name: 'Errors', dimensions: { FunctionName: 'f' }, statistic: 'Sum' },
      comparison: '>=',
      threshold: 1,
      span,
      silence: { is: 'notBreaching' },
    });
    expect(alarmOf(alarms(), 'source-not-running')).toMatchObject({
      watches: { name: 'Invocations', statistic: 'Sum' },
      comparison: '<',
      threshold: 1,
      span,
      silence: { is: 'breaching' },
    });
  });

  test('ring for the first invocation that finds a table stopped, and until none does', () => {
    expect(alarmOf(alarms(), 'source-stopped')).toMatchObject({
      watches: { namespace: 'Connectless', name: 'SourceStopped', statistic: 'Maximum' },
      threshold: 1,
      span: { periodMinutes: 5, periods: 3, breaching: 1 },
    });
    expect(alarmOf(alarms({ pollIntervalMs: HOUR }), 'source-stopped')?.span).toMatchObject({
      periodMinutes: 60,
      breaching: 1,
    });
  });

  test('give a source with a long interval as much time as it takes', () => {
    const plans = alarms({ pollIntervalMs: HOUR });
    expect(new Set(plans.map(({ span }) => span.periodMinutes))).toEqual(new Set([60]));
    expect(alarmOf(plans, 'source-freshness')?.threshold).toBe(3 * HOUR);
  });

  test('give a long invocation the time to come to its end, since it says its metrics only there', () => {
    expect(alarmOf(alarms({ timeoutMs: 840_000 }), 'source-retries')?.span.periodMinutes).toBe(15);
  });

  test('do not claim that a source is not started when two starts can be a day apart', () => {
    expect(alarmOf(alarms({ pollIntervalMs: 12 * HOUR }), 'source-not-running')?.span.periods).toBe(2);
    expect(alarmOf(alarms({ pollIntervalMs: 12 * HOUR + 60_000 }), 'source-not-running')).toBeUndefined();
    expect(alarmOf(alarms({ pollIntervalMs: 12 * HOUR + 60_000 }), 'source-errors')).toBeDefined();
  });

  test('ring for a wait that takes most of an invocation, or a minute', () => {
    expect(alarmOf(alarms(), 'source-fence-wait')).toMatchObject({
      watches: { name: 'SourceFenceWait', statistic: 'Maximum' },
      threshold: 43_500,
    });
    expect(alarmOf(alarms({ timeoutMs: 840_000 }), 'source-fence-wait')?.threshold).toBe(60_000);
  });

  test('ring for retries that are more than a restart of a broker', () => {
    expect(alarmOf(alarms(), 'source-retries')).toMatchObject({
      watches: {
        namespace: 'Connectless',
        name: 'SourceRetries',
        dimensions: { connector: 'prices' },
        statistic: 'Sum',
      },
      threshold: 5,
    });
  });

  test('count dropped starts beyond failed ones, and only where an invocation is over before the next begins', () => {
    expect(alarmOf(alarms(), 'schedule-events-dropped')?.watches).toMatchObject({
      expression: 'dropped - errors',
      using: { dropped: { name: 'AsyncEventsDropped' }, errors: { name: 'Errors' } },
    });
    expect(alarmOf(alarms({ timeoutMs: 60_000 }), 'schedule-events-dropped')).toBeUndefined();
    expect(alarmOf(alarms({ timeoutMs: 60_000, pollIntervalMs: HOUR }), 'schedule-events-dropped')).toBeDefined();
  });
});
