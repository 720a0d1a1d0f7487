// Connect's schemas as Confluent's AvroData writes them.
import { describe, expect, test } from '@jest/globals';
import { checkSchema } from '../../../../src/avro/schema-check';
import { parseSchema } from '../../../../src/avro/schema-parse';
import { avroText } from '../../../../src/convert/connect/avro';
import { parseConnectSchema } from '../../../../src/convert/connect/schema-parse';
import { readWholeJson } from '../../../../src/convert/json/reader';

const DATA = 'org.apache.kafka.connect.data';

function textOf(schema: unknown): string {
  return avroText(parseConnectSchema(readWholeJson(JSON.stringify(schema))));
}

describe('the Avro schema of Connect’s', () => {
  test.each<[unknown, string]>([
    [{ type: 'boolean' }, '"boolean"'],
    [{ type: 'int8' }, '{"type":"int","connect.type":"int8"}'],
    [{ type: 'int16', optional: true }, '["null",{"type":"int","connect.type":"int16"}]'],
    [{ type: 'int32', default: 5 }, '{"type":"int","connect.default":5}'],
    [{ type: 'int64', optional: true, default: 5 }, '[{"type":"long","connect.default":5},"null"]'],
    [{ type: 'float', default: 0.123456789 }, '{"type":"float","connect.default":0.12345679}'],
    [{ type: 'double', default: 1 }, '{"type":"double","connect.default":1.0}'],
    [{ type: 'bytes', default: 'AP8=' }, '{"type":"bytes","connect.default":"\\u0000ÿ"}'],
    [{ type: 'string', optional: true, default: null }, '["null","string"]'],
    [
      { type: 'string', name: 'a.B', version: 2, doc: 'D', parameters: { z: '1', a: '2' } },
      '{"type":"string","connect.doc":"D","connect.version":2,"connect.parameters":{"z":"1","a":"2"},"connect.name":"a.B"}',
    ],
    [
      { type: 'bytes', name: `${DATA}.Decimal`, version: 1, parameters: { scale: '2' } },
      '{"type":"bytes","scale":2,"precision":64,"connect.version":1,"connect.parameters":{"scale":"2"},"connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}',
    ],
    [
      { type: 'bytes', name: `${DATA}.Decimal`, parameters: { scale: '2', 'connect.decimal.precision': '10' } },
      '{"type":"bytes","scale":2,"precision":10,"connect.parameters":{"scale":"2","connect.decimal.precision":"10"},"connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}',
    ],
    [
      { type: 'int64', name: `${DATA}.Timestamp`, version: 1 },
      '{"type":"long","connect.version":1,"connect.name":"org.apache.kafka.connect.data.Timestamp","logicalType":"timestamp-millis"}',
    ],
    [
      { type: 'int32', name: `${DATA}.Time` },
      '{"type":"int","connect.name":"org.apache.kafka.connect.data.Time","logicalType":"time-millis"}',
    ],
    [
      { type: 'int32', name: `${DATA}.Date` },
      '{"type":"int","connect.name":"org.apache.kafka.connect.data.Date","logicalType":"date"}',
    ],
    [{ type: 'array', items: { type: 'string', optional: true } }, '{"type":"array","items":["null","string"]}'],
    [{ type: 'map', keys: { type: 'string' }, values: { type: 'int64' } }, '{"type":"map","values":"long"}'],
    [
      { type: 'map', keys: { type: 'int32' }, values: { type: 'string', optional: true } },
      '{"type":"array","items":{"type":"record","name":"MapEntry","namespace":"io.confluent.connect.avro","fields":[{"name":"key","type":"int"},{"name":"value","type":["null","string"],"default":null}]}}',
    ],
    [
      { type: 'map', name: 'a.M', keys: { type: 'int32' }, values: { type: 'int32' } },
      '{"type":"array","items":{"type":"record","name":"M","namespace":"a","fields":[{"name":"key","type":"int"},{"name":"value","type":"int"}],"connect.internal.type":"MapEntry"},"connect.name":"a.M"}',
    ],
    [
      { type: 'struct', fields: [{ field: 'a', type: 'int32', optional: true, default: 1 }] },
      '{"type":"record","name":"ConnectDefault","namespace":"io.confluent.connect.avro","fields":[{"name":"a","type":[{"type":"int","connect.default":1},"null"],"default":1}]}',
    ],
    [
      // As AvroConverter's sink wrote it (golden keys_and_headers), by its Connect schema.
      {
        type: 'struct',
        name: 'g.P',
        version: 1,
        fields: [
          { field: 'id', type: 'int32' },
          { field: 's', type: 'string' },
        ],
      },
      '{"type":"record","name":"P","namespace":"g","fields":[{"name":"id","type":"int"},{"name":"s","type":"string"}],"connect.version":1,"connect.name":"g.P"}',
    ],
    [
      {
        type: 'struct',
        name: 'P',
        optional: true,
        parameters: { 'io.confluent.connect.avro.record.doc': 'D', 'io.confluent.connect.avro.field.doc.a': 'F' },
        fields: [{ field: 'a', type: 'int32', optional: true }],
      },
      '["null",{"type":"record","name":"P","doc":"D","fields":[{"name":"a","type":["null","int"],"doc":"F","default":null}],"connect.parameters":{"io.confluent.connect.avro.record.doc":"D","io.confluent.connect.avro.field.doc.a":"F"},"connect.name":"P"}]',
    ],
    [
      { type: 'int32', default: 1, parameters: { 'io.confluent.connect.avro.field.default': 'true', 'avro.x': 'y' } },
      '{"type":"int","connect.parameters":{"avro.x":"y"},"avro.x":"y"}',
    ],
  ])('of %j', (schema, text) => {
    expect(textOf(schema)).toBe(text);
    checkSchema(parseSchema(text));
  });

  const point = { type: 'struct', name: 'P', fields: [{ field: 'x', type: 'int32' }] };

  test('names a struct that comes again', () => {
    const schema = {
      type: 'struct',
      name: 'S',
      fields: [
        { ...point, field: 'a' },
        { ...point, field: 'b', optional: true },
      ],
    };
    expect(JSON.parse(textOf(schema)).fields[1].type).toEqual(['null', 'P']);
  });

  test('tells structs of one name apart by a number, the outermost has none', () => {
    const inner = (field: string, type: string) => ({ field, type: 'struct', fields: [{ field: 'x', type }] });
    const schema = { type: 'struct', fields: [inner('a', 'int32'), inner('b', 'string'), inner('c', 'int32')] };
    const text = textOf(schema);
    const { name, fields } = JSON.parse(text);
    const types = fields.map(({ type }: { type: unknown }) => Object(type).name ?? type);
    expect([name, ...types]).toEqual(['ConnectDefault', 'ConnectDefault2', 'ConnectDefault3', 'ConnectDefault2']);
    checkSchema(parseSchema(text));
  });

  test('writes defaults of nested types as JSON of Avro', () => {
    const schema = {
      type: 'struct',
      fields: [
        { field: 'p', ...point, default: { x: 3 } },
        { field: 'l', type: 'array', items: { type: 'int64', optional: true }, default: [1, null] },
        { field: 'm', type: 'map', keys: { type: 'string' }, values: { type: 'double' }, default: { a: 1 } },
        { field: 'e', type: 'map', keys: { type: 'int32' }, values: { type: 'boolean' }, default: [[1, true]] },
      ],
    };
    const text = textOf(schema);
    const fields: ReadonlyArray<Record<string, unknown>> = JSON.parse(text).fields;
    expect(fields.map((field) => field.default)).toEqual([{ x: 3 }, [1, null], { a: 1 }, [{ key: 1, value: true }]]);
    expect(fields.map(({ type }) => Object(type)['connect.default'])).toEqual([
      { x: 3 },
      [1, null],
      { a: 1 },
      [[1, true]],
    ]);
    checkSchema(parseSchema(text));
  });
});
