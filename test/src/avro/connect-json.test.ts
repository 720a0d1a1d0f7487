// Datums as JSON, against Kafka's JsonConverter and against a plain model.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codec } from '../../../src/avro/codec';
import { connectJson } from '../../../src/avro/connect-json';
import { javaDouble, javaFloat } from '../../../src/avro/java-number';
import { branchName, type Schema } from '../../../src/avro/schema';
import { parseSchema } from '../../../src/avro/schema-parse';
import cases from '../../fixtures/avro/connect-json.json';
import { arbitraryDatum } from './arbitrary';

function jsonOf(schemaJson: unknown, value: unknown, decimals: 'BASE64' | 'NUMERIC' = 'BASE64'): string {
  const schema = parseSchema(JSON.stringify(schemaJson));
  return connectJson(schema, decimals)(codec(schema).encode(value), 0);
}

describe("Connect's JSON of a datum", () => {
  // Printed by the JsonConverter of Kafka 4.3.1, schemas.enable=false, on Java 25.
  test.each(cases.data)('of $schema, $hex, is $json', ({ schema, hex, decimals, json }) => {
    const format = decimals === 'NUMERIC' ? 'NUMERIC' : 'BASE64';
    expect(connectJson(parseSchema(schema), format)(Buffer.from(hex, 'hex'), 0)).toBe(json);
  });

  test('is what a plain model makes of schema and value', () => {
    fc.assert(
      fc.property(arbitraryDatum, fc.nat(3), ({ schema, value }, before) => {
        const bytes = Buffer.concat([Buffer.alloc(before, 0xff), codec(schema).encode(value)]);
        expect(connectJson(schema, 'BASE64')(bytes, before)).toBe(model(schema, value));
      }),
      { numRuns: 1000 },
    );
  });

  test('is read back to the same numbers', () => {
    const schema = {
      type: 'record',
      name: 'R',
      fields: ['float', 'double', 'int'].map((type) => ({ name: type, type })),
    };
    const finite = { noNaN: true, noDefaultInfinity: true };
    const value = fc.record({ float: fc.float(finite), double: fc.double(finite), int: fc.integer() });
    fc.assert(
      fc.property(value, (numbers) => {
        const read: typeof numbers = JSON.parse(jsonOf(schema, numbers));
        expect({ ...read, float: Math.fround(read.float) }).toEqual({ ...numbers });
      }),
    );
  });

  test('has a map key __proto__ as any other', () => {
    const datum = Buffer.concat([Buffer.of(2, 18), Buffer.from('__proto__'), Buffer.of(2, 0)]);
    expect(connectJson(parseSchema('{"type":"map","values":"int"}'), 'BASE64')(datum, 0)).toBe('{"__proto__":1}');
  });

  test('follows blocks that say their size', () => {
    const datum = Buffer.of(3, 4, 2, 4, 1, 2, 6, 0);
    expect(connectJson(parseSchema('{"type":"array","items":"int"}'), 'BASE64')(datum, 0)).toBe('[1,2,3]');
  });

  test('keeps a null where the field has another default', () => {
    const field = { name: 's', type: ['string', 'null'], default: 'x' };
    expect(jsonOf({ type: 'record', name: 'R', fields: [field] }, { s: null })).toBe('{"s":null}');
  });

  test('knows a decimal by the name that Connect gives it', () => {
    const named = { 'connect.name': 'org.apache.kafka.connect.data.Decimal', 'connect.parameters': { scale: '2' } };
    expect(jsonOf({ type: 'bytes', ...named }, Buffer.of(0x96 - 1, 0), 'NUMERIC')).toBe('-273.92');
  });

  test('takes full names for the branches of a union whose names are the same without them', () => {
    const branch = (namespace: string) => ({ type: 'enum', name: 'E', namespace, symbols: ['A'] });
    expect(jsonOf([branch('one'), branch('other')], { 'other.E': 'A' })).toBe('{"one.E":null,"other.E":"A"}');
  });

  test('of a decimal without bytes is refused', () => {
    expect(() => jsonOf({ type: 'bytes', logicalType: 'decimal', precision: 4 }, Buffer.alloc(0))).toThrow(
      expect.objectContaining({ code: 'INVALID_DATUM' }),
    );
  });

  test('of a map with the key null is refused', () => {
    const fields = [
      { name: 'key', type: ['null', 'string'] },
      { name: 'value', type: 'int' },
    ];
    const entries = {
      type: 'array',
      items: { type: 'record', name: 'E', fields, 'connect.internal.type': 'MapEntry' },
    };
    expect(jsonOf(entries, [{ key: 'null', value: 1 }])).toBe('{"null":1}');
    expect(() => jsonOf(entries, [{ key: null, value: 1 }])).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_KEY' }),
    );
  });

  test('of billions of nulls, which take a few bytes, is refused', () => {
    const datum = Buffer.from('eeffffff0f00', 'hex');
    expect(() => connectJson(parseSchema('{"type":"array","items":"null"}'), 'BASE64')(datum, 0)).toThrow(
      expect.objectContaining({ code: 'DATUM_TOO_LONG' }),
    );
  });

  test('nested deeper than the stack is refused', () => {
    const list = '{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}';
    const datum = Buffer.concat([Buffer.alloc(1_000_000, 2), Buffer.of(0)]);
    expect(() => connectJson(parseSchema(list), 'BASE64')(datum, 0)).toThrow(
      expect.objectContaining({ code: 'DATUM_TOO_DEEP' }),
    );
  });
});

function model(schema: Schema, value: unknown): string {
  if (value === null) return 'null';
  switch (schema.type) {
    case 'float':
      return Number.isFinite(value) ? javaFloat(Number(value)) : text(javaFloat(Number(value)));
    case 'double':
      return Number.isFinite(value) ? javaDouble(Number(value)) : text(javaDouble(Number(value)));
    case 'string':
    case 'enum':
      return text(String(value));
    case 'bytes':
    case 'fixed':
      return text(Buffer.from(value as Buffer).toString('base64'));
    case 'array':
      return `[${(value as unknown[]).map((item) => model(schema.items, item)).join()}]`;
    case 'map':
      return object(Object.entries(Object(value)).map(([key, member]) => [key, model(schema.values, member)]));
    case 'record':
      return object(schema.fields.map(({ name, type }) => [name, model(type, Object(value)[name])]));
    case 'union':
      return unionModel(schema.branches, value);
    default:
      return String(value);
  }
}

function unionModel(branches: readonly Schema[], value: unknown): string {
  const others = branches.filter(({ type }) => type !== 'null');
  const [only] = others;
  if (others.length === 1 && only !== undefined) return model(only, value);
  const [[tag, content] = ['', undefined]] = Object.entries(Object(value));
  return object(
    others.map((branch) => [
      'name' in branch ? branch.name : branch.type,
      branchName(branch) === tag ? model(branch, content) : 'null',
    ]),
  );
}

function object(members: ReadonlyArray<readonly [string, string]>): string {
  return `{${members.map(([name, json]) => `${text(name)}:${json}`).join()}}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function text(value: string): string {
  const units = value.split('').map((unit) => {
    const code = unit.charCodeAt(0);
    if (code >= 0x20 && (code < 0xd800 || code > 0xdfff)) return SHORT[unit] ?? unit;
    return SHORT[unit] ?? `\\u${code.toString(16).padStart(4, '0').toUpperCase()}`;
  });
  return `"${units.join('')}"`;
}
