import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConnectlessError } from '../../../../src/errors';
import { fieldPartitioner } from '../../../../src/sink/partitioner/field';
import { datum, json, recordOf } from './sample';

const OPTIONAL = ['null', 'string', 'long', 'boolean'].map((type, index) => ({ name: `f${index}`, type }));
const SCHEMA = JSON.stringify({
  type: 'record',
  name: 'R',
  fields: [
    { name: 's', type: ['null', 'string'] },
    { name: 'l', type: ['null', 'long'] },
    { name: 'b', type: ['null', 'boolean'] },
    { name: 'ts', type: ['null', { type: 'long', logicalType: 'timestamp-millis' }] },
    { name: 'n', type: { type: 'record', name: 'N', fields: OPTIONAL } },
  ],
});
const NESTED = { f0: null, f1: 'x', f2: 3n, f3: false };
const VALUE = { s: 'a', l: 2n ** 62n, b: true, ts: 0n, n: NESTED };

function directory(names: readonly string[], value: unknown, delimiter = '/'): unknown {
  const place = fieldPartitioner(names, delimiter)(recordOf(datum(SCHEMA, value)), 0);
  return place instanceof ConnectlessError ? place.code : place.directory;
}

describe('a partitioner by fields', () => {
  test.each([
    [['s'], 's=a'],
    [['l'], 'l=4611686018427387904'],
    [['b'], 'b=true'],
    [['s', 'b', 'n.f1', 'n.f2'], 's=a/b=true/n.f1=x/n.f2=3'],
    [['n.f0'], 'n.f0=null'],
    [['ts'], 'PARTITION_FIELD_TYPE'],
    [['n'], 'PARTITION_FIELD_TYPE'],
    [['s', 'nope'], 'PARTITION_FIELD_MISSING'],
    [['n.nope'], 'PARTITION_FIELD_MISSING'],
  ])('of %j puts a record into %s', (names, expected) => {
    expect(directory(names, VALUE)).toBe(expected);
  });

  test('tells null from the text null', () => {
    expect(directory(['s', 'l', 'b'], { ...VALUE, s: null, l: null, b: null })).toBe('s=null/l=null/b=null');
    expect(directory(['s'], { ...VALUE, s: 'null' })).toBe('s=%6Eull');
  });

  test('separates fields by directory.delim, which no value has', () => {
    expect(directory(['s', 'b'], { ...VALUE, s: 'x|b=false' }, '|')).toBe('s=x%7Cb=false|b=true');
  });

  test('names the field, but never its value, in an error', () => {
    const error = fieldPartitioner(['n.nope'], '/')(recordOf(json('{"n":{"secret":"s3cr3t"}}')), 0);
    expect(error).toMatchObject({ code: 'PARTITION_FIELD_MISSING', retryable: false });
    expect(String(error)).toMatch(/field n\.nope/);
    expect(String(error)).not.toMatch(/s3cr3t|secret/);
  });

  test('finds a member of JSON without a schema, its name in quotes where it has a dot', () => {
    const place = fieldPartitioner(['n.f', 'n."a.b"', '"n.f"'], '/')(
      recordOf(json('{"n":{"f":1,"a.b":"x"},"n.f":true}')),
      0,
    );
    expect(place).toEqual({ directory: 'n.f=1/n."a.b"=x/"n.f"=true' });
  });

  test('looks at each schema by itself', () => {
    const place = fieldPartitioner(['s'], '/');
    const later = '{"type":"record","name":"R","fields":[{"name":"x","type":"int"},{"name":"s","type":"int"}]}';
    expect(place(recordOf(datum(SCHEMA, VALUE)), 0)).toEqual({ directory: 's=a' });
    expect(place(recordOf(datum(later, { x: 1, s: 5 })), 0)).toEqual({ directory: 's=5' });
    expect(place(recordOf(datum('"string"', 'text')), 0)).toMatchObject({ code: 'PARTITION_FIELD_MISSING' });
  });

  test('never puts two tuples of values into one directory', () => {
    const text = fc.option(fc.oneof(fc.constantFrom('null', '', '/s=', 'a/l=1', 'a%2Fl=1', '%'), fc.string()));
    const tuple = fc.tuple(text, fc.option(fc.bigInt({ min: -99n, max: 99n })), fc.option(fc.boolean()), text);
    const place = fieldPartitioner(['s', 'l', 'b', 'n.f1'], '/');
    const directoryOf = ([s, l, b, f1]: [string | null, bigint | null, boolean | null, string | null]) => {
      const schema = SCHEMA.replace('"name":"f1","type":"string"', '"name":"f1","type":["null","string"]');
      return place(recordOf(datum(schema, { ...VALUE, s, l, b, n: { ...NESTED, f1 } })), 0);
    };
    fc.assert(
      fc.property(tuple, tuple, (one, other) => {
        const isSame = one.every((value, index) => value === other[index]);
        expect(JSON.stringify(directoryOf(one)) === JSON.stringify(directoryOf(other))).toBe(isSame);
      }),
    );
  });
});
