// Sends: nothing lost, order kept, limits held.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunks, sizeOf } from '../../../src/kafka/chunks';
import type { Message } from '../../../src/kafka/topic-log';

const messages = fc.array(
  fc.record<Message>({
    partition: fc.nat(3),
    key: fc.constantFrom(null, Buffer.from('k')),
    value: fc.constantFrom(null, Buffer.alloc(10), Buffer.alloc(100_000), Buffer.alloc(1_000_000)),
  }),
  { maxLength: 1200 },
);

test('chunks put together are the messages, in order', () => {
  fc.assert(
    fc.property(messages, (all) => expect([...chunks(all)].flat()).toEqual(all)),
    { numRuns: 30 },
  );
});

test('no chunk is empty, has more than 500 messages, or more than 900,000 bytes unless a single message has', () => {
  fc.assert(
    fc.property(messages, (all) => {
      for (const chunk of chunks(all)) {
        const bytes = chunk.reduce((sum, message) => sum + sizeOf(message), 0);
        expect(chunk.length > 0 && chunk.length <= 500 && (bytes <= 900_000 || chunk.length === 1)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

test('the number of chunks is not more than it needs to be', () => {
  const small: Message = { partition: 0, key: null, value: Buffer.alloc(10) };
  expect([...chunks(Array.from({ length: 1001 }, () => small))].map(({ length }) => length)).toEqual([500, 500, 1]);
});
