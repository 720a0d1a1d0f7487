import { expect, test } from '@jest/globals';
import { codec } from '../../../src/avro/codec';
import { blockBytes, containerHeader } from '../../../src/avro/container';
import { containerValues } from '../../../src/avro/container-values';
import { parseSchema } from '../../../src/avro/schema-parse';

const sync = Buffer.alloc(16, 7);
const { encode } = codec(parseSchema('"long"'));
const block = (...values: bigint[]) =>
  blockBytes(values.length, Buffer.concat(values.map((value) => encode(value))), sync);
const header = containerHeader({ 'avro.schema': '"long"' }, sync);

test('the values come in the order of the file, over all its blocks', () => {
  const { schema, values } = containerValues(Buffer.concat([header, block(1n, 2n), block(2n ** 62n)]));
  expect(schema.type).toBe('long');
  expect([...values]).toEqual([1n, 2n, 2n ** 62n]);
});

test('values before a broken block are still given', () => {
  const seen: unknown[] = [];
  const { values } = containerValues(Buffer.concat([header, block(1n), block(2n).subarray(0, 5)]));
  expect(() => {
    for (const value of values) seen.push(value);
  }).toThrow();
  expect(seen).toEqual([1n]);
});
