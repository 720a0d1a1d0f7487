import { describe, expect, test } from '@jest/globals';
import { sinkAlarms } from '../../../lib/monitoring/sink-alarms';
import { alarmOf } from './alarms-of';

function alarms(timeoutMs = 300_000, more: { flushMinutes?: number } = {}) {
  return sinkAlarms({ kind: 'sink', name: 'prices', functionName: 'f', timeoutMs, reads: [], ...more });
}

describe('the alarms of a sink alone', () => {
  test('are six, each once', () => {
    expect(alarms().map(({ runbook }) => runbook)).toEqual([
      'sink-stopped',
      'sink-dead-letters',
      'sink-gap',
      'sink-open-files',
      'sink-flush-missing',
      'schedule-events-dropped',
    ]);
  });

  test('ring at once for a partition that has stopped, and end when none has for two periods', () => {
    expect(alarmOf(alarms(), 'sink-stopped')).toMatchObject({
      watches: { name: 'SinkStopped', dimensions: { connector: 'prices' }, statistic: 'Maximum' },
      threshold: 1,
      span: { periodMinutes: 5, periods: 3, breaching: 1 },
      silence: { is: 'notBreaching' },
    });
  });

  test.each([
    ['sink-dead-letters', 'SinkDeadLetters'],
    ['sink-gap', 'SinkGapRecords'],
  ] as const)('ring at once for what is passed over: %s', (runbook, name) => {
    expect(alarmOf(alarms(), runbook)).toMatchObject({
      watches: { name, dimensions: { connector: 'prices' }, statistic: 'Sum' },
      threshold: 1,
      span: { periodMinutes: 5, periods: 3, breaching: 1 },
      silence: { is: 'notBreaching' },
    });
  });

  test('ring for a day in which open records never became fewer', () => {
    expect(alarmOf(alarms(), 'sink-open-files')).toMatchObject({
      watches: {
        expression: 'IF(open > 0 AND DIFF(open) >= 0, 1, 0)',
        using: { open: { name: 'SinkOpenRecords', statistic: 'Average' } },
      },
      span: { periodMinutes: 60, periods: 24, breaching: 23 },
    });
  });

  test('ring for silence of the flush, with two flushes to a period', () => {
    expect(alarmOf(alarms(), 'sink-flush-missing')).toMatchObject({
      watches: { name: 'SinkOpenRecords', statistic: 'SampleCount' },
      comparison: '<',
      threshold: 1,
      span: { periodMinutes: 10, periods: 3, breaching: 3 },
      silence: { is: 'breaching' },
    });
    expect(alarmOf(alarms(840_000), 'sink-flush-missing')?.span.periodMinutes).toBe(15);
    expect(alarmOf(alarms(300_000, { flushMinutes: 1 }), 'sink-flush-missing')?.span.periodMinutes).toBe(5);
  });
});
