import { describe, expect, test } from '@jest/globals';
import type { OpenStream, PartitionState } from '../../../src/sink/partition-state';
import { decodeState, encodeState } from '../../../src/sink/state-form';

const avro = { id: 'avro/null', config: { kind: 'avro', codec: 'null', deflateLevel: 1 } } as const;
const stream: OpenStream = {
  role: 'value',
  format: avro,
  key: 'topics/ü/partition=0/ü+0+0000000003.avro',
  startOffset: 3,
  firstTimestamp: 33,
  partSize: 5,
  upload: { id: 'upload', etags: ['"one"', '"two"'] },
  tail: [Buffer.from('tail')],
  schema: { id: 7, version: 2, text: '"bytes"' },
  memo: 'AQEBAQEBAQEBAQEBAQEBAQ==',
  block: { records: 2, datums: Buffer.from('datums') },
};
const keys: OpenStream = {
  role: 'keys',
  format: { id: 'json', config: { kind: 'json', decimals: 'BASE64' } },
  key: 'topics/ü/partition=0/ü+0+0000000003.keys.json',
  startOffset: 3,
  partSize: 5,
  tail: [],
  block: { records: 12, datums: Buffer.from('keys') },
};
const state: PartitionState = {
  first: { offset: 3, timestamp: 33 },
  last: { offset: 9_007_199_254_740_991, timestamp: -1 },
  open: [
    { directory: 'partition=0', startOffset: 3, endOffset: 40, records: 12, streams: [stream, keys] },
    { directory: 'partition=1', startOffset: 3, endOffset: 40, records: 12, streams: [stream] },
  ],
  since: { openedAt: 1, takenAt: 2, baseTimestamp: 33, directory: 'partition=1' },
  closing: [
    { key: 'a', startOffset: 0, partSize: 5, tail: [], endOffset: 2, records: 3 },
    { key: 'b', startOffset: 1, partSize: 5, tail: [Buffer.from('file')] },
  ],
  clock: { now: 5, until: 9_007_199_254_740_991 },
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
    const body = Buffer.from(encodeState(state).toString('latin1').replace('"version":2', '"version":3'), 'latin1');
    expect(() => decodeState(body, 'key')).toThrow('has version 3, this code reads up to 2');
  });
});
