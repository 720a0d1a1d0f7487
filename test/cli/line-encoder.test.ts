// Lines of JSON become messages, or an error that names the line.
import { describe, expect, test } from '@jest/globals';
import { jsonEncoder, lineEncoder } from '../../cli/line-encoder';
import { wireHeader } from '../../src/avro/wire';
import { partitionOf } from '../../src/kafka/partition';
import type { SchemaRegistry } from '../../src/registry/registry';

const registered: string[] = [];
const registry: SchemaRegistry = {
  register: async (subject, schema) => {
    registered.push(`${subject} ${schema}`);
    return 7;
  },
  schemaById: async (id) => (id === 8 ? '"int"' : '"string"'),
};
const int = () => jsonEncoder(registry, 'prices-value', { text: '"int"' });
const avroInt = (id: number, byte: number) => Buffer.concat([wireHeader(id), Buffer.from([byte])]);

describe('lineEncoder', () => {
  test('encodes with a schema that it registers, or with the one of an id', async () => {
    expect((await int())('1')).toEqual(avroInt(7, 2));
    expect(registered).toEqual(['prices-value "int"']);
    expect((await jsonEncoder(registry, 'prices-value', { id: 8 }))('1')).toEqual(avroInt(8, 2));
    expect(registered).toHaveLength(1);
  });

  test('lets lines without a key take turns', async () => {
    const encode = lineEncoder({ value: await int() }, 2);
    expect(['1', '2', '3'].map((line) => encode(line).partition)).toEqual([0, 1, 0]);
  });

  test('takes a key as text, or encodes it, and puts it where Java would', async () => {
    const value = await int();
    const text = lineEncoder({ value, key: { separator: '\t', encode: undefined } }, 5)('k\t1');
    expect(text).toEqual({ partition: partitionOf(Buffer.from('k'), 5), key: Buffer.from('k'), value: avroInt(7, 2) });
    const avro = lineEncoder({ value, key: { separator: '::', encode: value } }, 5)('3::1');
    expect(avro.key).toEqual(avroInt(7, 6));
  });

  test.each([
    ['no JSON', 'x\t{', /^Line 2: /],
    ['of another type', 'x\t"a"', /^Line 2: /],
    ['without a separator', '1', /^Line 2: no key: write key, "\\t" and value/],
    ['empty', '', /^Line 2: /],
  ])('names the line that is %s', async (_, line, message) => {
    const encode = lineEncoder({ value: await int(), key: { separator: '\t', encode: undefined } }, 1);
    encode('k\t1');
    expect(() => encode(line)).toThrow(message);
    expect(() => encode(line)).toThrow(expect.objectContaining({ code: 'INVALID_LINE' }));
  });
});
