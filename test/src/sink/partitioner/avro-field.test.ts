import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSchema } from '../../../../src/avro/schema-parse';
import { avroField } from '../../../../src/sink/partitioner/avro-field';
import { type FieldValue, MISSING, UNSUPPORTED } from '../../../../src/sink/partitioner/field-value';
import { datum } from './sample';

const INNER = '{"type":"record","name":"N","fields":[{"name":"f","type":["null","string"]},{"name":"g","type":"int"}]}';
const SCHEMA = `{"type":"record","name":"F","fields":[
  {"name":"i","type":"int"},
  {"name":"skipped","type":{"type":"map","values":{"type":"array","items":"string"}}},
  {"name":"l","type":["long","null"]},
  {"name":"s","type":"string"},
  {"name":"b","type":"boolean"},
  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
  {"name":"n","type":["null",${INNER}]},
  {"name":"u","type":["null","int","string","N"]},
  {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}},
  {"name":"named","type":{"type":"long","connect.name":"org.apache.kafka.connect.data.Timestamp"}},
  {"name":"micros","type":{"type":"long","logicalType":"timestamp-micros"}},
  {"name":"date","type":{"type":"int","logicalType":"date"}},
  {"name":"time","type":["null",{"type":"int","logicalType":"time-millis"}]},
  {"name":"d","type":"double"},
  {"name":"by","type":"bytes"},
  {"name":"nothing","type":"null"},
  {"name":"last","type":"string"}
]}`;

const VALUE = {
  i: -5,
  skipped: { a: ['x', 'y'] },
  l: 9007199254740993n,
  s: 'é€',
  b: true,
  e: 'B',
  n: { f: 'nf', g: 7 },
  u: { int: 8 },
  ts: 1709164800123n,
  named: -1n,
  micros: 1709164800123456n,
  date: 19782,
  time: null,
  d: 1.5,
  by: Buffer.from('x'),
  nothing: null,
  last: '',
};

function read(path: string, value: unknown = VALUE): FieldValue {
  const field = avroField(parseSchema(SCHEMA), path.split('.'));
  const { bytes, start } = datum(SCHEMA, value);
  return typeof field === 'symbol' ? field : field(bytes, start);
}

describe('a field of an Avro datum', () => {
  test.each<[string, FieldValue]>([
    ['i', -5],
    ['l', 9007199254740993n],
    ['s', 'é€'],
    ['b', true],
    ['e', 'B'],
    ['n.f', 'nf'],
    ['n.g', 7],
    ['u.int', 8],
    ['u.string', null],
    ['u.N.f', null],
    ['ts', new Date(1709164800123)],
    ['named', new Date(-1)],
    ['micros', 1709164800123456],
    ['nothing', null],
    ['last', ''],
    ['date', UNSUPPORTED],
    ['time', UNSUPPORTED],
    ['d', UNSUPPORTED],
    ['by', UNSUPPORTED],
    ['n', UNSUPPORTED],
    ['u', UNSUPPORTED],
    ['skipped', UNSUPPORTED],
    ['nope', MISSING],
    ['n.nope', MISSING],
    ['u.long', MISSING],
    ['skipped.a', MISSING],
    ['i.i', MISSING],
  ])('%s is %p', (path, expected) => {
    expect(read(path)).toEqual(expected);
  });

  test('is null where its parent is', () => {
    const value = { ...VALUE, n: null, l: null, u: { string: 'x' } };
    expect(['n.f', 'n.g', 'l', 'u.int'].map((path) => read(path, value))).toEqual([null, null, null, null]);
    expect(read('u.string', value)).toBe('x');
  });

  test('of a value that is no record is missing', () => {
    expect(avroField(parseSchema('"string"'), ['s'])).toBe(MISSING);
    expect(avroField(parseSchema('["null","bytes"]'), ['s'])).toBe(MISSING);
  });

  test('in a record that holds itself is found', () => {
    const schema =
      '{"type":"record","name":"R","fields":[{"name":"next","type":["null","R"]},{"name":"x","type":"int"}]}';
    const { bytes, start } = datum(schema, { next: { next: { next: null, x: 3 }, x: 2 }, x: 1 });
    const values = ['x', 'next.x', 'next.next.x', 'next.next.next.x'].map((path) => {
      const field = avroField(parseSchema(schema), path.split('.'));
      return typeof field === 'symbol' ? field : field(bytes, start);
    });
    expect(values).toEqual([1, 2, 3, null]);
  });

  test('is the one that was written, of any long, text and place', () => {
    const schema = '{"type":"record","name":"P","fields":[{"name":"t","type":"string"},{"name":"l","type":"long"}]}';
    const [text, long] = ['t', 'l'].map((name) => avroField(parseSchema(schema), [name]));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (t, l) => {
        const { bytes, start } = datum(schema, { t, l });
        expect(typeof text === 'function' && text(bytes, start)).toBe(t);
        expect(typeof long === 'function' && String(long(bytes, start))).toBe(String(l));
      }),
    );
  });
});
