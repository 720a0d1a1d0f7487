import { describe, expect, test } from '@jest/globals';
import { messages, partitionOfId } from '../../../src/source/batch';

describe('messages', () => {
  test.each([
    [0n, 3, 0],
    [7n, 3, 1],
    [-1n, 3, 2],
    [-3n, 3, 0],
    [9223372036854775807n, 10, 7],
    [-9223372036854775808n, 10, 2],
  ])('id %s of %s partitions goes to %s', (id, partitions, expected) => {
    expect(partitionOfId(id, partitions)).toBe(expected);
  });

  test('have no key, and the partition of their id', () => {
    const values = [Buffer.from('a'), Buffer.from('b')];
    expect(messages({ ids: [4n, 5n], values }, 2)).toEqual([
      { partition: 0, key: null, value: values[0] },
      { partition: 1, key: null, value: values[1] },
    ]);
  });
});
