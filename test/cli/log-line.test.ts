import { describe, expect, test } from '@jest/globals';
import { jsonLine, terminalLine } from '../../cli/log-line';

const entry = (over: object) =>
  JSON.stringify({
    level: 'WARN',
    message: 'The broker is down',
    timestamp: '2026-11-22T17:13:30.502Z',
    service: 'connectless',
    sampling_rate: 0,
    ...over,
  });

describe('on a terminal, a line', () => {
  test.each([
    ['is time, level, connector, message', entry({}), '17:13:30.502 WARN  prices  The broker is down'],
    [
      'has its fields behind',
      entry({ topic: 'a', partition: 3, ends: [1, 2] }),
      '17:13:30.502 WARN  prices  The broker is down  topic=a  partition=3  ends=[1,2]',
    ],
    [
      'has the messages of an error and its causes below',
      entry({ error: { name: 'ConnectlessError', message: 'no S3', stack: 'x', cause: { message: 'ECONNREFUSED' } } }),
      '17:13:30.502 WARN  prices  The broker is down\n    no S3\n    caused by: ECONNREFUSED',
    ],
    [
      'has the stack of an unforeseen error below',
      entry({ error: { name: 'TypeError', message: 'x', stack: 'TypeError: x\n    at y.ts:1' } }),
      '17:13:30.502 WARN  prices  The broker is down\n    TypeError: x\n        at y.ts:1',
    ],
    [
      'has the stack of a function that failed below',
      entry({ stackTrace: ['    at a', '    at b'] }),
      '17:13:30.502 WARN  prices  The broker is down\n    at a\n    at b',
    ],
    [
      'has what was measured behind',
      JSON.stringify({
        _aws: { Timestamp: Date.UTC(2026, 10, 22, 17, 13, 30, 502), CloudWatchMetrics: [] },
        connector: 'prices',
        SourceRows: 3,
        SourceFreshness: [7, 9],
      }),
      '17:13:30.502 INFO  prices  Measured  SourceRows=3  SourceFreshness=[7,9]',
    ],
  ])('%s', (_, line, expected) => {
    expect(terminalLine(line, 'prices')).toBe(expected);
  });

  test.each(['(node:1) Warning: something', '{not json', '{"a":1}'])('that is no entry stays as it is: %s', (line) => {
    expect(terminalLine(line, 'prices')).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}prices {2}/);
    expect(terminalLine(line, 'prices').endsWith(line)).toBe(true);
  });
});

describe('in a pipe, a line', () => {
  test('is the entry with its connector', () => {
    expect(JSON.parse(jsonLine(entry({ topic: 'a' }), 'prices'))).toEqual({
      level: 'WARN',
      message: 'The broker is down',
      timestamp: '2026-11-22T17:13:30.502Z',
      connector: 'prices',
      topic: 'a',
    });
  });

  test('that is no entry becomes one', () => {
    expect(JSON.parse(jsonLine('(node:1) Warning', 'prices'))).toMatchObject({
      level: 'INFO',
      message: '(node:1) Warning',
      connector: 'prices',
    });
  });
});
