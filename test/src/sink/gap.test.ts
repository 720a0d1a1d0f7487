import { expect, test } from '@jest/globals';
import { gapBefore } from '../../../src/sink/gap';
import { record, records } from './sample';

const seen = { offset: 9, timestamp: 1 };
const state = { first: seen, last: seen, open: [], closing: [] };

test.each([
  ['offsets that are missing before the next record', records(20, 22), { from: 10, to: 19 }],
  ['not one offset, which the end of a transaction takes', records(11, 13), undefined],
  ['none when the records follow', records(10, 13), undefined],
  ['none behind records that were seen before', [...records(5, 10), record(10)], undefined],
  ['offsets that are missing behind records that were seen before', [record(9), record(40)], { from: 10, to: 39 }],
  ['none in a batch without a new record', records(5, 10), undefined],
  ['not those between records of the batch', [record(10), record(90)], undefined],
])('the gap is %s', (_, given, gap) => {
  expect(gapBefore(state, given)).toEqual(gap);
});

test('before the first record that was ever seen there is none', () => {
  expect(gapBefore(undefined, records(500, 501))).toBeUndefined();
});
