import { expect, test } from '@jest/globals';
import { objectKey } from '../../../src/sink/object-key';
import { sampleConfig } from './sample';

test.each([
  ["the tutorial's", {}, 'topics/prices/partition=2/prices+2+0000000042.avro'],
  ['an empty topics.dir', { topicsDir: '' }, 'prices/partition=2/prices+2+0000000042.avro'],
  ['a narrow offset', { zeroPadWidth: 0 }, 'topics/prices/partition=2/prices+2+42.avro'],
  [
    'other delimiters',
    { directoryDelimiter: '_', fileDelimiter: '-' },
    'topics_prices_partition=2_prices-2-0000000042.avro',
  ],
])('the key of a file with %s settings', (_, change, key) => {
  const source = { topic: 'prices', partition: 2 };
  expect(objectKey({ ...sampleConfig, ...change }, source, 'partition=2', { startOffset: 42, ending: '.avro' })).toBe(
    key,
  );
});
