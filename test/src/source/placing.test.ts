import { describe, expect, test } from '@jest/globals';
import { expectedIds, placed } from '../../../src/source/placing';

const values = [Buffer.from('a'), Buffer.from('b')];

describe('placed', () => {
  test.each([
    [0n, 3, 0],
    [7n, 3, 1],
    [-1n, 3, 2],
    [-3n, 3, 0],
    [9223372036854775807n, 10, 7],
    [-9223372036854775808n, 10, 2],
  ])('without a key, id %s of %s partitions goes to %s', (id, partitions, expected) => {
    const { messages } = placed({ ids: [id], values: [Buffer.of(1)] }, partitions, 'id');
    expect(messages).toEqual([{ partition: expected, key: null, value: Buffer.of(1) }]);
  });

  test('names rows that can be read again by their ids', () => {
    expect(placed({ ids: [4n, 5n], values }, 2, 'id').rows).toEqual({ column: 'id', ids: [4n, 5n] });
  });

  test('names the schema that they are written in, so that an equal id in another one is not theirs', () => {
    const written = [Buffer.from([0, 0, 0, 0, 9, 2])];
    expect(placed({ ids: [4n], values: written }, 2, 'id').rows).toEqual({ column: 'id', schema: 9, ids: [4n] });
  });

  test('keeps the messages where several rows have one id, which does not tell them apart', () => {
    const { messages, rows } = placed({ ids: [4n, 4n], values }, 2, 'id');
    expect(rows).toEqual({ messages });
  });

  test('goes by the key, as any Java producer does, and remembers where', () => {
    const keys = [Buffer.from('21'), Buffer.from('foobar')];
    const { messages, rows } = placed({ ids: [4n, 5n], keys, values }, 10, 'id');
    expect(messages.map(({ partition }) => partition)).toEqual([0, 6]);
    expect(rows).toEqual({ column: 'id', ids: [4n, 5n], partitions: [0, 6] });
  });

  test('keeps the messages of rows that cannot be read again, placed by id where there is one', () => {
    const { messages, rows } = placed({ ids: [4n, 5n], values }, 2, undefined);
    expect(messages.map(({ partition }) => partition)).toEqual([0, 1]);
    expect(rows).toEqual({ messages });
    const again = placed({ values }, 7, undefined).messages;
    expect(placed({ values: values.toReversed() }, 7, undefined).messages).toEqual(again.toReversed());
  });
});

test('the rows of an intent are looked for where they were to go', () => {
  const intent = { owner: 'o', until: 0, ends: [0, 0], topic: 't', last: {}, rows: { messages: [] } };
  expect(expectedIds(intent, { column: 'id', ids: [4n, 5n] })).toEqual([
    { id: 4n, partition: 0 },
    { id: 5n, partition: 1 },
  ]);
  expect(expectedIds(intent, { column: 'id', ids: [4n, 5n], partitions: [1, 0] })).toEqual([
    { id: 4n, partition: 1 },
    { id: 5n, partition: 0 },
  ]);
});
