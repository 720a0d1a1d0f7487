// Transactions that were aborted, beside others in one partition.
import { expect, test } from '@jest/globals';
import { withoutAborted } from '../../../src/kafka/committed';

const of = (producerId: string, offset: number) => ({
  offset: String(offset),
  batchContext: { producerId, inTransaction: true },
});
const marker = (producerId: string, offset: number) => ({ ...of(producerId, offset), isControlRecord: true });
const plain = (offset: number) => ({
  offset: String(offset),
  batchContext: { producerId: '-1', inTransaction: false },
});
const left = (records: Parameters<typeof withoutAborted>[0], aborted: Parameters<typeof withoutAborted>[1]) =>
  withoutAborted(records, aborted)
    .filter(({ isControlRecord }) => !isControlRecord)
    .map(({ offset }) => Number(offset));

test('records of an aborted transaction are none, those of others between them are', () => {
  const records = [of('a', 0), of('b', 1), plain(2), of('a', 3), marker('a', 4), of('b', 5), marker('b', 6)];
  expect(left(records, [{ producerId: 'a', firstOffset: '0' }])).toEqual([1, 2, 5]);
});

test('a producer’s next transaction counts again', () => {
  const records = [of('a', 0), marker('a', 1), of('a', 2), marker('a', 3), of('a', 4), marker('a', 5)];
  const aborted = [4, 0].map((offset) => ({ producerId: 'a', firstOffset: String(offset) }));
  expect(left(records, aborted)).toEqual([2]);
});

test('a transaction may have begun before the fetch, and offsets are compared as numbers', () => {
  const records = [of('a', 9), of('a', 10), marker('a', 11), of('b', 100)];
  const aborted = [
    { producerId: 'b', firstOffset: '100' },
    { producerId: 'a', firstOffset: '9' },
  ];
  expect(left(records, aborted)).toEqual([]);
});

test('a record without a transaction is its producer’s own', () => {
  const records = [of('a', 0), { ...plain(1), batchContext: { producerId: 'a', inTransaction: false } }, plain(2)];
  expect(left(records, [{ producerId: 'a', firstOffset: '0' }])).toEqual([1, 2]);
});
