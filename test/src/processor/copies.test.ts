// What becomes of a batch: partitions, schema ids, the first record that cannot be copied.
import { describe, expect, test } from '@jest/globals';
import { wireHeader } from '../../../src/avro/wire';
import { ConnectlessError } from '../../../src/errors';
import type { EventRecord } from '../../../src/kafka/msk-event';
import { partitionOf } from '../../../src/kafka/partition';
import type { LogRecord } from '../../../src/kafka/topic-log';
import { type Copy, copiesOf, isCopy, messagesOf } from '../../../src/processor/copies';
import { valueWriter } from '../../../src/processor/output-schema';
import { chain } from '../../../src/processor/transform';
import type { SchemaRegistry } from '../../../src/registry/registry';

const avro = (id: number, text: string) => Buffer.concat([wireHeader(id), Buffer.from(text)]);
const eventRecord = (offset: number, value: Buffer | null, more: Partial<EventRecord> = {}): EventRecord => ({
  topic: 'in',
  partition: 4,
  offset,
  timestamp: 1000 + offset,
  timestampType: 'CREATE_TIME',
  value: value?.toString('base64') ?? null,
  ...more,
});
/** Knows schemas 1 to 9; under the output's subject their ids are 10 higher. */
function registry(): SchemaRegistry & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    schemaById: async (id) => {
      if (id > 9) throw new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);
      return `text ${id}`;
    },
    register: async (subject, schema) => {
      calls.push(`${subject} ${schema}`);
      return Number(schema.slice(5)) + 10;
    },
  };
}
const copy = (records: EventRecord[], home = registry()) =>
  copiesOf({ topic: 'in', partition: 4, records }, chain([]), valueWriter(home, 'out'));
const outputs = (copies: readonly Copy[]) => copies.flatMap(({ output }) => output);

describe('a value', () => {
  test("gets the id of its schema under the output topic's subject, registered once", async () => {
    const home = registry();
    const { copies, failure } = await copy([eventRecord(0, avro(1, 'a')), eventRecord(1, avro(1, 'b'))], home);
    expect(failure).toBeUndefined();
    expect(outputs(copies).map(({ value }) => value)).toEqual([avro(11, 'a'), avro(11, 'b')]);
    expect(home.calls).toEqual(['out-value text 1']);
  });

  test('that is null passes through, with key, timestamp and headers', async () => {
    const key = Buffer.from('k');
    const headers = [{ h: [104, -1] }, { n: null }];
    const { copies } = await copy([eventRecord(0, null, { key: key.toString('base64'), headers })]);
    expect(outputs(copies)).toMatchObject([
      {
        key,
        value: null,
        timestamp: 1000,
        headers: [
          ['h', Buffer.from([104, 255])],
          ['n', null],
        ],
      },
    ]);
  });

  test.each([
    ['is no wire format', Buffer.from('{"a":1}'), 'VALUE_NOT_AVRO'],
    ['is shorter than a header', Buffer.from([0, 0]), 'VALUE_NOT_AVRO'],
    ['is of an unknown schema', avro(99, 'x'), 'SCHEMA_NOT_FOUND'],
  ])('that %s stops the batch there, named with topic, partition and offset', async (_, value, code) => {
    const { copies, failure } = await copy([eventRecord(5, avro(1, 'a')), eventRecord(6, value), eventRecord(7, null)]);
    expect(copies.map(({ offset }) => offset)).toEqual([5]);
    expect(failure).toMatchObject({ code, retryable: false });
    expect(failure?.message).toMatch(/^Topic in, partition 4, offset 6: /);
  });

  test('whose registration failed is registered with the next attempt', async () => {
    const home = registry();
    let isDown = true;
    const flaky: SchemaRegistry = {
      schemaById: home.schemaById,
      register: async (subject, schema) => {
        if (isDown) throw new ConnectlessError('REGISTRY_UNAVAILABLE', 'down', { retryable: true });
        return home.register(subject, schema);
      },
    };
    const write = valueWriter(flaky, 'out');
    const part = { topic: 'in', partition: 4, records: [eventRecord(0, avro(1, 'a'))] };
    expect((await copiesOf(part, chain([]), write)).failure).toMatchObject({ retryable: true });
    isDown = false;
    expect((await copiesOf(part, chain([]), write)).failure).toBeUndefined();
  });
});

describe('a message', () => {
  const record: LogRecord = { partition: 4, offset: 0, timestamp: 1, key: null, value: null, headers: [] };
  const copyOf = (key: Buffer | null): Copy => ({ offset: 0, timestamp: 1, output: [{ ...record, key }] });

  test("goes where Java's producer would put its key", () => {
    const key = Buffer.from('foobar');
    expect(messagesOf([copyOf(key)], 7).map(({ partition }) => partition)).toEqual([partitionOf(key, 7)]);
  });

  test('without a key stays with the others of its input partition', () => {
    expect(messagesOf([copyOf(null)], 7)[0]?.partition).toBe(4);
    expect(messagesOf([copyOf(null)], 3)[0]?.partition).toBe(1);
  });

  test('is found by key, value and timestamp', () => {
    const message = { partition: 0, key: Buffer.from('k'), value: Buffer.from('v'), timestamp: 5 };
    const written: LogRecord = { ...record, key: Buffer.from('k'), value: Buffer.from('v'), timestamp: 5 };
    expect(isCopy(message, written)).toBe(true);
    expect(isCopy(message, { ...written, key: null })).toBe(false);
    expect(isCopy(message, { ...written, value: Buffer.from('w') })).toBe(false);
    expect(isCopy(message, { ...written, timestamp: 6 })).toBe(false);
    expect(isCopy({ ...message, key: null }, { ...written, key: null })).toBe(true);
  });

  test('is found whatever the timestamp when the topic has replaced it', () => {
    const message = { partition: 0, key: null, value: Buffer.from('v'), timestamp: 5 };
    const written: LogRecord = { ...record, value: Buffer.from('v'), timestamp: 6, timestampType: 'LogAppendTime' };
    expect(isCopy(message, written)).toBe(true);
  });
});
