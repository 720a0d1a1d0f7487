import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ConsumedRecord, firstBatch, mskEvent, recordBytes } from '../../../local/event-source/batch';

const origin = {
  eventSourceArn: 'arn:aws:kafka:eu-central-1:000000000000:cluster/c/u',
  bootstrapServers: '127.0.0.1:9092,127.0.0.1:9093',
};
const record = (over: Partial<ConsumedRecord> = {}): ConsumedRecord => ({
  topic: 'prices',
  partition: 0,
  offset: 0,
  timestamp: 1_700_000_000_000,
  timestampType: 'CREATE_TIME',
  key: null,
  value: Buffer.from([0, 0, 0, 0, 1, 2]),
  headers: [],
  ...over,
});

const bytes = fc.option(fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)));
const anyRecord: fc.Arbitrary<ConsumedRecord> = fc.record({
  topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/),
  partition: fc.nat(200),
  offset: fc.maxSafeNat(),
  timestamp: fc.nat(),
  timestampType: fc.constantFrom('CREATE_TIME', 'LOG_APPEND_TIME'),
  key: bytes,
  value: bytes,
  headers: fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), bytes), { maxLength: 3 }),
});

/** A log of a few partitions, interleaved, offsets ascending in each. */
const log = fc.array(fc.tuple(fc.nat(3), anyRecord), { maxLength: 60 }).map((entries) => {
  const next = [0, 0, 0, 0];
  return entries.map(([partition, one]) => {
    const offset = next[partition] ?? 0;
    next[partition] = offset + 1;
    return { ...one, topic: 'prices', partition, offset };
  });
});
const limits = fc.record({
  maxRecords: fc.integer({ min: 1, max: 20 }),
  maxBytes: fc.integer({ min: 2000, max: 6000 }),
});

function allBatches(records: readonly ConsumedRecord[], limit: { maxRecords: number; maxBytes: number }) {
  const batches: ConsumedRecord[][] = [];
  let left = [...records];
  while (left.length > 0) {
    const count = firstBatch(left, origin, limit);
    batches.push(left.slice(0, count));
    left = left.slice(count);
  }
  return batches;
}

describe('an event of the trigger', () => {
  test('is what AWS documents: base64, headers as lists of bytes, records by topic and partition', () => {
    const first = record({
      key: Buffer.from('k'),
      headers: [
        ['trace', Buffer.from([1, 255])],
        ['trace', null],
      ],
    });
    const second = record({ partition: 1, offset: 7, value: null, timestampType: 'LOG_APPEND_TIME' });
    expect(mskEvent([first, second], origin)).toEqual({
      eventSource: 'aws:kafka',
      ...origin,
      records: {
        'prices-0': [
          {
            topic: 'prices',
            partition: 0,
            offset: 0,
            timestamp: 1_700_000_000_000,
            timestampType: 'CREATE_TIME',
            key: 'aw==',
            value: 'AAAAAAEC',
            headers: [{ trace: [1, 255] }, { trace: [] }],
          },
        ],
        'prices-1': [
          {
            topic: 'prices',
            partition: 1,
            offset: 7,
            timestamp: 1_700_000_000_000,
            timestampType: 'LOG_APPEND_TIME',
            key: null,
            value: null,
            headers: [],
          },
        ],
      },
    });
  });

  test('has records of the size that was reckoned', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        const [written] = Object.values(mskEvent([one], origin).records).flat();
        expect(recordBytes(one)).toBe(Buffer.byteLength(JSON.stringify(written)));
      }),
    );
  });
});

describe('batches', () => {
  test('hold every record once and in the order of its partition, within both limits', () => {
    fc.assert(
      fc.property(log, limits, (records, limit) => {
        const batches = allBatches(records, limit);
        expect(batches.flat()).toEqual(records);
        for (const batch of batches) {
          const event = mskEvent(batch, origin);
          expect(batch.length).toBeLessThanOrEqual(limit.maxRecords);
          expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(limit.maxBytes);
          for (const of of Object.values(event.records)) {
            const offsets = of.map((one) => one.offset);
            expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
          }
        }
      }),
    );
  });

  test('are as large as the limits allow', () => {
    fc.assert(
      fc.property(log, limits, (records, limit) => {
        const batches = allBatches(records, limit);
        batches.slice(0, -1).forEach((batch, index) => {
          const oneMore = [...batch, ...(batches[index + 1] ?? []).slice(0, 1)];
          const tooBig = Buffer.byteLength(JSON.stringify(mskEvent(oneMore, origin))) > limit.maxBytes;
          expect(tooBig || oneMore.length > limit.maxRecords).toBe(true);
        });
      }),
    );
  });

  test.each([
    [9_999, 9_999],
    [10_000, 10_000],
    [10_001, 10_000],
  ])('of %i small records hold %i', (there, taken) => {
    const records = Array.from({ length: there }, (_, offset) => record({ offset }));
    expect(firstBatch(records, origin)).toBe(taken);
  });

  test('stop at 6 MB', () => {
    const records = Array.from({ length: 10 }, (_, offset) => record({ offset, value: Buffer.alloc(1024 * 1024) }));
    expect(firstBatch(records, origin)).toBe(4);
  });

  test('refuse a record that alone is over 6 MB, and name it', () => {
    const large = record({ partition: 3, offset: 12, value: Buffer.alloc(5 * 1024 * 1024) });
    expect(() => firstBatch([large, record()], origin)).toThrow(/^prices-3, offset 12: .* 6291456/);
  });
});
