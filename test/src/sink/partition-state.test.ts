import { describe, expect, test } from '@jest/globals';
import { decodeState, encodeState, type PartitionState } from '../../../src/sink/partition-state';

const state: PartitionState = {
  first: { offset: 3, timestamp: 33 },
  last: { offset: 9_007_199_254_740_991, timestamp: -1 },
  open: [
    {
      key: 'topics/ü/partition=0/ü+0+0000000003.avro',
      startOffset: 3,
      firstTimestamp: 33,
      partSize: 5,
      sync: Buffer.alloc(16, 1),
      upload: { id: 'upload', etags: ['"one"', '"two"'] },
      tail: [Buffer.from('tail')],
      encodedPartition: 'partition=0',
      schemaId: 7,
      records: 12,
      block: { records: 2, datums: Buffer.from('datums') },
    },
  ],
  closing: [
    { key: 'a', startOffset: 0, partSize: 5, sync: Buffer.alloc(16), tail: [] },
    { key: 'b', startOffset: 1, partSize: 5, sync: Buffer.alloc(16), tail: [Buffer.from('file')] },
  ],
};

describe('the state of a partition', () => {
  test('is read as it was written', () => {
    expect(decodeState(encodeState(state), 'key')).toEqual(state);
  });

  test('that was cut short, or is something else, is refused at every length', () => {
    const body = encodeState(state);
    for (let length = 0; length < body.length; length += 1) {
      expect(() => decodeState(body.subarray(0, length), 'key')).toThrow(
        'The state object "key" is not what the sink wrote',
      );
    }
  });

  test('that a later version wrote is refused', () => {
    const body = Buffer.from(encodeState(state).toString('latin1').replace('"version":1', '"version":2'), 'latin1');
    expect(() => decodeState(body, 'key')).toThrow('has version 2, this code reads 1');
  });
});
