import { expect, test } from '@jest/globals';
import type { ConsumedRecord } from '../../../local/event-source/batch';
import { commit } from '../../../local/event-source/commit';

const record = (topic: string, partition: number, offset: number): ConsumedRecord => ({
  topic,
  partition,
  offset,
  timestamp: 0,
  timestampType: 'CREATE_TIME',
  key: null,
  value: null,
  headers: [],
});
const failing = (error: Error) => ({ commitOffsets: () => Promise.reject(error) });
const brokerError = (type: string) => Object.assign(new Error('the broker says no'), { type });

test('the offset behind the last record of each partition is committed', async () => {
  const committed: unknown[] = [];
  const consumer = {
    commitOffsets: async (offsets: unknown) => {
      committed.push(offsets);
    },
  };
  await commit(consumer, [record('a', 0, 7), record('a', 1, 3), record('a', 0, 8), record('b', 0, 0)]);
  expect(committed).toEqual([
    [
      { topic: 'a', partition: 0, offset: '9' },
      { topic: 'a', partition: 1, offset: '4' },
      { topic: 'b', partition: 0, offset: '1' },
    ],
  ]);
});

test.each(['ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'UNKNOWN_MEMBER_ID'])(
  'a group that moved on, %s, is no failure: the records come again',
  async (type) => {
    const wrapped = new Error('gave up', { cause: brokerError(type) });
    await commit(failing(wrapped), [record('a', 0, 7)]);
    await commit(failing(brokerError(type)), [record('a', 0, 7)]);
  },
);

test('anything else is one', async () => {
  const error = brokerError('OFFSET_METADATA_TOO_LARGE');
  await expect(commit(failing(error), [record('a', 0, 7)])).rejects.toBe(error);
});
