// Records as consume prints them.
import { expect, test } from '@jest/globals';
import { recordPrinter } from '../../cli/record-json';
import { wireHeader } from '../../src/avro/wire';
import type { LogRecord } from '../../src/kafka/topic-log';
import type { SchemaRegistry } from '../../src/registry/registry';

const asked: number[] = [];
const registry: SchemaRegistry = {
  register: async () => 0,
  schemaById: async (id) => {
    asked.push(id);
    return '["null","string"]';
  },
};
const printer = recordPrinter(registry, 'prices');
const record = (key: Buffer | null, value: Buffer | null): LogRecord => ({
  partition: 2,
  offset: 9,
  timestamp: 0,
  key,
  value,
  headers: [],
});
const avro = (...bytes: number[]) => Buffer.concat([wireHeader(1), Buffer.from(bytes)]);

test('a value is JSON of its schema, which is asked for once', async () => {
  expect(await printer.value(record(null, avro(2, 2, 97)))).toBe('{"string":"a"}');
  expect(await printer.value(record(null, avro(0)))).toBe('null');
  expect(asked).toEqual([1]);
});

test('no value and no key are null', async () => {
  expect(await printer.value(record(null, null))).toBe('null');
  expect(await printer.key(record(null, null))).toBe('null');
});

test('a key is JSON of its schema, or text', async () => {
  expect(await printer.key(record(avro(2, 2, 97), null))).toBe('{"string":"a"}');
  expect(await printer.key(record(Buffer.from('k'), null))).toBe('k');
});

test.each([
  ['no wire format', Buffer.from('text'), 'VALUE_NOT_AVRO'],
  ['a truncated datum', avro(2, 20), 'INVALID_DATUM'],
])('a value that is %s is named with topic, partition and offset', async (_, value, code) => {
  const printed = printer.value(record(null, value));
  await expect(printed).rejects.toMatchObject({ code });
  await expect(printed).rejects.toThrow('Topic prices, partition 2, offset 9, value: ');
});
