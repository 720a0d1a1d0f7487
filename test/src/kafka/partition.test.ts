// Java's partitioner, value for value.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { murmur2, partitionOf } from '../../../src/kafka/partition';

describe('murmur2', () => {
  // The table of Kafka's own UtilsTest.testMurmur2.
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Java does', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  test('hashes every key as kafkajs does, with any number of bytes left over', () => {
    const theirs: (key: Buffer) => number = require('kafkajs/src/producer/partitioners/default/murmur2');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(murmur2(Buffer.from(bytes))).toBe(theirs(Buffer.from(bytes)));
      }),
    );
  });
});

describe('partitionOf', () => {
  test('is never negative, whatever the sign of the hash', () => {
    expect(murmur2(Buffer.from('21'))).toBeLessThan(0);
    expect(partitionOf(Buffer.from('21'), 10)).toBe((-973932308 & 0x7fffffff) % 10);
  });

  test('lies below the number of partitions', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 1000 }), (key, partitions) => {
        const partition = partitionOf(Buffer.from(key), partitions);
        expect(partition >= 0 && partition < partitions).toBe(true);
      }),
    );
  });
});
