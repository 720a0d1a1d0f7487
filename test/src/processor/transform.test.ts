// Chains of transforms.
import { expect, test } from '@jest/globals';
import type { LogRecord } from '../../../src/kafka/topic-log';
import { chain } from '../../../src/processor/transform';

const record: LogRecord = { partition: 1, offset: 2, timestamp: 3, key: null, value: Buffer.from('v'), headers: [] };

test('an empty chain leaves the record as it is', () => {
  expect(chain([])(record)).toEqual([record]);
});

test('a chain applies its transforms in order, to each record that the one before made', () => {
  const append = (text: string) => (one: LogRecord) => [{ ...one, value: Buffer.from(`${one.value}${text}`) }];
  const twice = (one: LogRecord) => [one, one];
  const values = chain([append('a'), twice, append('b')])(record).map(({ value }) => value?.toString());
  expect(values).toEqual(['vab', 'vab']);
});

test('a record that is dropped goes no further', () => {
  const never = () => {
    throw new Error('never');
  };
  expect(chain([() => [], never])(record)).toEqual([]);
});
