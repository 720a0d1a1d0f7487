// Ends of ranges, gaps in the log, answers that are cut short.
import { describe, expect, test } from '@jest/globals';
import { type FetchedRecord, unread } from '../../../src/kafka/range';

const record = (offset: number, more: Partial<FetchedRecord> = {}): FetchedRecord => ({
  offset: String(offset),
  timestamp: '7',
  key: null,
  value: Buffer.from(`v${offset}`),
  ...more,
});
const answer = (partition: number, highWatermark: number, messages: FetchedRecord[]) => ({
  partition,
  highWatermark: String(highWatermark),
  messages,
});
const range = (partition: number, offset: number, until: number) => ({ partition, offset, until });

describe('unread', () => {
  test('takes the records of the range, not those that a compressed batch brings along', () => {
    const { records, rest } = unread(
      [range(0, 2, 4)],
      [
        answer(
          0,
          9,
          [0, 1, 2, 3, 4].map((offset) => record(offset)),
        ),
      ],
    );
    expect(records.map(({ offset }) => offset)).toEqual([2, 3]);
    expect(rest).toEqual([]);
  });

  test('goes on behind the last record of the answer', () => {
    expect(unread([range(0, 0, 10)], [answer(0, 10, [record(0), record(3)])]).rest).toEqual([range(0, 4, 10)]);
  });

  test('passes over a transaction marker, which takes an offset', () => {
    const { records, rest } = unread(
      [range(0, 0, 2)],
      [answer(0, 2, [record(0), record(1, { isControlRecord: true })])],
    );
    expect(records.map(({ offset }) => offset)).toEqual([0]);
    expect(rest).toEqual([]);
  });

  test('ends where the leader has nothing up to a watermark behind the range', () => {
    expect(unread([range(0, 4, 6)], [answer(0, 6, [])]).rest).toEqual([]);
  });

  test('waits for a leader whose watermark has not reached the end of the range', () => {
    expect(unread([range(0, 4, 6)], [answer(0, 5, [])]).rest).toEqual([range(0, 4, 6)]);
  });

  test('asks again for a partition that is empty beside one that is not: the answer was full', () => {
    const { rest } = unread([range(0, 0, 6), range(1, 0, 6)], [answer(0, 6, [record(0)]), answer(1, 6, [])]);
    expect(rest).toEqual([range(0, 1, 6), range(1, 0, 6)]);
  });

  test('keeps headers of one name, and says whose clock the timestamp is of', () => {
    const headers = { a: [Buffer.from('1'), null], b: Buffer.from('2') };
    const { records } = unread(
      [range(0, 0, 1)],
      [answer(0, 1, [record(0, { headers, batchContext: { timestampType: 1 } })])],
    );
    expect(records[0]?.headers).toEqual([
      ['a', Buffer.from('1')],
      ['a', null],
      ['b', Buffer.from('2')],
    ]);
    expect(records[0]?.timestampType).toBe('LogAppendTime');
  });
});
