import { expect, test } from '@jest/globals';
import { dueIn } from '../../../src/sink/due';
import type { FileBytes, OpenFile, PartitionState } from '../../../src/sink/partition-state';

const file: FileBytes = { key: 'a', startOffset: 0, partSize: 5, sync: Buffer.alloc(16), tail: [] };
const open = (records: number): OpenFile => ({
  ...file,
  encodedPartition: 'partition=0',
  schemaId: 1,
  records,
  block: { records: 0, datums: Buffer.alloc(0) },
});
const seen = { offset: 1, timestamp: 1 };
const state: PartitionState = { first: seen, last: seen, open: [open(2), open(5)], closing: [file] };

test('due are the files that the state lists as complete; records count while their file is open', () => {
  expect(dueIn(state)).toEqual({ closing: [file], openRecords: 7 });
});

test('nothing is due in a partition without a state, or whose files are all closed', () => {
  expect(dueIn(undefined)).toEqual({ closing: [], openRecords: 0 });
  expect(dueIn({ ...state, open: [], closing: [] })).toEqual({ closing: [], openRecords: 0 });
});
