import { describe, expect, test } from '@jest/globals';
import { triggerAlarms } from '../../../lib/monitoring/trigger-alarms';
import { alarmOf } from './alarms-of';

const cluster = { name: 'c', type: 'provisioned' } as const;
const reads = [
  { topic: 'a', group: 'connect-prices-a' },
  { topic: 'b', group: 'connect-prices-b' },
];

function alarms(kind: 'processor' | 'sink', timeoutMs = 300_000) {
  return triggerAlarms({ kind, name: 'prices', functionName: 'f', timeoutMs, reads }, cluster);
}

describe('the alarms of a function behind a trigger', () => {
  test('are four, and one for each topic', () => {
    expect(alarms('sink').map(({ runbook, of }) => [runbook, of])).toEqual([
      ['trigger-errors', undefined],
      ['trigger-throttles', undefined],
      ['trigger-lag', undefined],
      ['trigger-near-timeout', undefined],
      ['trigger-stalled', 'a'],
      ['trigger-stalled', 'b'],
    ]);
  });

  test.each([
    ['processor', 'ProcessorLag'],
    ['sink', 'SinkLag'],
  ] as const)('ring when records reach a %s a quarter of an hour old', (kind, name) => {
    expect(alarmOf(alarms(kind), 'trigger-lag')).toMatchObject({
      watches: { name, statistic: 'Maximum' },
      threshold: 900_000,
      silence: { is: 'notBreaching' },
    });
  });

  test('ring for errors that last through three time-outs, since one that times out fails only then', () => {
    expect(alarmOf(alarms('sink'), 'trigger-errors')?.span).toEqual({ periodMinutes: 5, periods: 3, breaching: 3 });
    expect(alarmOf(alarms('sink', 840_000), 'trigger-errors')?.span.periodMinutes).toBe(15);
  });

  test('ring for throttles that last', () => {
    expect(alarmOf(alarms('processor'), 'trigger-throttles')).toMatchObject({
      watches: { name: 'Throttles', dimensions: { FunctionName: 'f' }, statistic: 'Sum' },
      threshold: 1,
      span: { periodMinutes: 5, periods: 3, breaching: 3 },
    });
  });

  test('ring before an invocation is killed', () => {
    expect(alarmOf(alarms('processor'), 'trigger-near-timeout')).toMatchObject({
      watches: { name: 'Duration', statistic: 'Maximum' },
      threshold: 240_000,
    });
  });

  test('ring when the lag of a group has not fallen for an hour', () => {
    expect(alarmOf(alarms('sink'), 'trigger-stalled')).toMatchObject({
      watches: {
        expression: 'IF(lag > 0 AND DIFF(lag) >= 0, 1, 0)',
        using: {
          lag: {
            name: 'SumOffsetLag',
            dimensions: { 'Cluster Name': 'c', 'Consumer Group': 'connect-prices-a', Topic: 'a' },
          },
        },
      },
      span: { periodMinutes: 5, periods: 13, breaching: 12 },
    });
  });

  test('do without the lag of a cluster that is not known', () => {
    const plans = triggerAlarms({ kind: 'sink', name: 's', functionName: 'f', timeoutMs: 1, reads }, undefined);
    expect(alarmOf(plans, 'trigger-stalled')).toBeUndefined();
  });
});
