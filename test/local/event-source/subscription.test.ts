import { expect, test } from '@jest/globals';
import { matching, topicsToRead } from '../../../local/event-source/subscription';

test.each([
  ['out-.*', ['out-a', 'out-b', 'in-a'], ['out-a', 'out-b']],
  ['out', ['out', 'outer', 'about'], ['out']],
  ['a|b', ['a', 'b', 'ab'], ['a', 'b']],
  ['x.*', ['a'], []],
])('%s matches whole names', (pattern, all, expected) => {
  expect(matching(all, pattern)).toEqual(expected);
});

test('a pattern never matches Kafka’s internal topics, but others with such a name', () => {
  const internal = ['__consumer_offsets', '__transaction_state', '__share_group_state'];
  expect(matching([...internal, '__mine', 'a'], '.*')).toEqual(['__mine', 'a']);
});

test('a list is read as it is, internal topics too', async () => {
  const kafka = { brokers: [], securityProtocol: 'PLAINTEXT', clientId: 'test', requestTimeoutMs: 1 } as const;
  expect(await topicsToRead({ kafka, topics: ['a', '__consumer_offsets'] })).toEqual(['a', '__consumer_offsets']);
});
