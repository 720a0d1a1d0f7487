import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../../src/config/sink-model';
import { ConnectlessError } from '../../../../src/errors';
import { deadLetter } from '../../../../src/sink/dead-letters/letter';
import type { Fault } from '../../../../src/sink/record';
import { sampleSource } from '../sample';
import { sampleFault, tolerant } from './sample-fault';

const letterOf = (change: Partial<Fault> = {}, config: SinkConfig = tolerant()) =>
  deadLetter(config, sampleSource, sampleFault(change));

function headersOf(...given: Parameters<typeof letterOf>): [string, string][] {
  return (letterOf(...given).headers ?? []).map(([name, value]) => [name, String(value)]);
}

const contextOf = (...given: Parameters<typeof letterOf>) => Object.fromEntries(headersOf(...given));
const without = { deadLetters: { topic: 'dlq', replicationFactor: 3, contextHeaders: false } };

describe('a dead letter', () => {
  test('is the record, byte for byte', () => {
    expect(letterOf({}, tolerant(without))).toEqual({
      key: Buffer.from('6b32', 'hex'),
      value: Buffer.from('6e6f74206176726f', 'hex'),
      timestamp: 1_795_359_864_105,
      headers: [],
    });
  });

  test('has neither key nor value where the record has none', () => {
    const { record } = sampleFault();
    expect(letterOf({ record: { offset: record.offset, timestamp: 5 } })).toMatchObject({ key: null, value: null });
  });

  test('has no timestamp where the record has none', () => {
    const { record } = sampleFault();
    expect(letterOf({ record: { ...record, timestamp: -1 } })).not.toHaveProperty('timestamp');
  });

  test('says in headers where it comes from, where it failed and why', () => {
    expect(contextOf()).toMatchObject({
      '__connect.errors.topic': 'prices',
      '__connect.errors.partition': '0',
      '__connect.errors.offset': '2',
      '__connect.errors.connector.name': 's3-sink',
      '__connect.errors.task.id': '0',
      '__connect.errors.stage': 'VALUE_CONVERTER',
      '__connect.errors.class.name': 'io.confluent.connect.avro.AvroConverter',
      '__connect.errors.exception.class.name': 'org.apache.kafka.connect.errors.DataException',
      '__connect.errors.exception.message': 'Topic prices, partition 0, offset 2: its value is not Avro.',
    });
  });

  test('has those headers behind its own, also when it was a dead letter before', () => {
    const { record } = sampleFault();
    const text = (value: string) => [...Buffer.from(value)];
    const own = [{ trace: text('a') }, { '__connect.errors.topic': text('first') }, { none: null }];
    const headers = headersOf({ record: { ...record, headers: own } });
    expect(headers.slice(0, 4)).toEqual([
      ['trace', 'a'],
      ['__connect.errors.topic', 'first'],
      ['none', 'null'],
      ['__connect.errors.topic', 'prices'],
    ]);
    expect(headers).toHaveLength(13);
  });

  test.each([
    ['KEY_CONVERTER', 'org.apache.kafka.connect.storage.StringConverter'],
    ['HEADER_CONVERTER', 'org.apache.kafka.connect.storage.SimpleHeaderConverter'],
    ['TASK_PUT', 'org.apache.kafka.connect.sink.SinkTask'],
  ] as const)('names the class that Connect runs in %s', (stage, name) => {
    const { converters } = tolerant();
    const config = {
      ...tolerant(),
      converters: { ...converters, key: { kind: 'string', encoding: 'UTF-8' } as const },
    };
    expect(contextOf({ stage }, config)).toMatchObject({
      '__connect.errors.stage': stage,
      '__connect.errors.class.name': name,
    });
  });

  test.each([
    ['BROKEN_DATUM', 'org.apache.kafka.connect.errors.DataException'],
    ['SCHEMA_VERSION_REQUIRED', 'org.apache.kafka.connect.errors.SchemaProjectorException'],
    ['PARTITION_FIELD_MISSING', 'org.apache.kafka.connect.errors.DataException'],
    ['PARTITION_FIELD_TYPE', 'io.confluent.connect.storage.errors.PartitionException'],
    ['KEY_TOO_LONG', 'org.apache.kafka.connect.errors.ConnectException'],
  ])('names the exception that Connect would throw for %s', (code, name) => {
    const error = new ConnectlessError(code, 'what');
    expect(contextOf({ error })['__connect.errors.exception.class.name']).toBe(name);
  });

  test('has a stack trace as Java prints one, with the causes', () => {
    const cause = new ConnectlessError('INVALID_DATUM', 'a union branch is out of range', { cause: 'seven' });
    const trace = contextOf({ error: new ConnectlessError('BROKEN_DATUM', 'what\nmore', { cause }) });
    const lines = (trace['__connect.errors.exception.stacktrace'] ?? '').split('\n');
    expect(lines.slice(0, 2)).toEqual(['org.apache.kafka.connect.errors.DataException: what', 'more']);
    expect(lines[2]).toMatch(/^\tat .*letter\.test/);
    expect(lines.slice(-3)).toEqual([
      'Caused by: ConnectlessError: a union branch is out of range',
      'Caused by: string: seven',
      '',
    ]);
  });

  test('has a stack trace that ends where the causes go in a circle', () => {
    const error = new ConnectlessError('BROKEN_DATUM', 'what');
    error.cause = error;
    const trace = contextOf({ error })['__connect.errors.exception.stacktrace'] ?? '';
    expect(trace.match(/Caused by/g)).toHaveLength(10);
  });
});
