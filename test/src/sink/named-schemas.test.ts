// The ids that are in front of a batch's values and keys.
import { describe, expect, test } from '@jest/globals';
import { wireHeader } from '../../../src/avro/wire';
import type { ConverterConfig } from '../../../src/config/sink-model';
import { namedSchemas } from '../../../src/sink/named-schemas';
import type { SinkRecord } from '../../../src/sink/record';

const AVRO: ConverterConfig = { kind: 'avro', registry: { url: 'memory' } };
const GLUE: ConverterConfig = { kind: 'glue', region: 'eu-central-1' };

const confluent = (id: number, datum = 'a datum') => Buffer.concat([wireHeader(id), Buffer.from(datum)]);
const glue = (compression: number, digit: string) =>
  Buffer.concat([Buffer.of(3, compression), Buffer.from(digit.repeat(32), 'hex'), Buffer.from('a datum')]);
const uuid = (digit: string) => [8, 4, 4, 4, 12].map((length) => digit.repeat(length)).join('-');

function values(...contents: ReadonlyArray<Buffer | null>): SinkRecord[] {
  return contents.map((value, offset) => ({ offset, timestamp: 1, value: value?.toString('base64') ?? null }));
}

describe('the schemas that records name', () => {
  test.each<[string, ConverterConfig, SinkRecord[], Array<number | string>]>([
    ['each once, as they come', AVRO, values(confluent(7), confluent(3), confluent(7)), [7, 3]],
    ['without a datum', AVRO, values(confluent(7, '')), [7]],
    ['of Glue', GLUE, values(glue(0, 'a'), glue(5, 'b')), [uuid('a'), uuid('b')]],
    ['not those of the other wire format', AVRO, values(glue(0, 'a')), []],
    ['not those of a compression that nobody knows', GLUE, values(glue(1, 'a')), []],
    ['none in null, nothing, or a header cut short', AVRO, values(null, Buffer.of(), Buffer.of(0, 0, 0, 1)), []],
    ['none in what is no base64', AVRO, [{ offset: 0, timestamp: 1, value: '???' }], []],
    ['none in a record without a value', AVRO, [{ offset: 0, timestamp: 1 }], []],
    ['none where the converter has no registry', { kind: 'json', schemas: false }, values(confluent(7)), []],
  ])('are %s', (_, converter, records, ids) => {
    expect([...namedSchemas(records, 'value', converter)]).toEqual(ids);
  });

  test('of keys are those of the keys', () => {
    const record = {
      ...{ offset: 0, timestamp: 1 },
      key: confluent(1).toString('base64'),
      value: confluent(2).toString('base64'),
    };
    expect([...namedSchemas([record], 'key', AVRO)]).toEqual([1]);
  });
});
