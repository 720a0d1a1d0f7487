import { describe, expect, test } from '@jest/globals';
import { partitionOf } from '../../../src/kafka/partition';
import { placed } from '../../../src/kafka/placed';

const message = (key: string | null) => ({ key: key === null ? null : Buffer.from(key), value: null });

describe('messages without a partition', () => {
  test('go where their keys belong', () => {
    const keys = ['a', 'b', 'c', 'a'];
    const partitions = placed(keys.map(message), 7).map(({ partition }) => partition);
    expect(partitions).toEqual(keys.map((key) => partitionOf(Buffer.from(key), 7)));
    expect(new Set(partitions).size).toBeGreaterThan(1);
  });

  test('take turns where they have no key', () => {
    const partitions = placed([null, null, null, null].map(message), 3).map(({ partition }) => partition);
    expect(partitions).toEqual([0, 1, 2, 0]);
  });
});
