// JsonConverter with schemas.enable=true.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonEnvelopeConverter } from '../../../../src/convert/json/envelope';
import { isNull } from '../../../../src/convert/null-data';
import { ConnectlessError } from '../../../../src/errors';
import { converted, decoded, jsonOf } from '../decoded';

const convert = (content: string) => converted(jsonEnvelopeConverter('value'), content);
const envelope = (schema: unknown, payload: unknown) => JSON.stringify({ schema, payload });
const LOGICAL = 'org.apache.kafka.connect.data';

describe('JSON with a schema', () => {
  test.each<[unknown, string, unknown]>([
    ['boolean', 'true', true],
    ['int8', '-128', -128],
    ['int16', '32767', 32767],
    ['int32', '1e3', 1000],
    ['int64', '-9223372036854775808', -(2n ** 63n)],
    ['int64', '9007199254740993', 9007199254740993n],
    ['float', '0.1', Math.fround(0.1)],
    ['double', '0.1', 0.1],
    ['double', '5', 5],
    ['double', '"NaN"', Number.NaN],
    ['float', '"-Infinity"', Number.NEGATIVE_INFINITY],
    ['bytes', '"AP8="', Buffer.of(0, 255)],
    ['string', '"ü\\n"', 'ü\n'],
    ['string', '"half \\ud83d, whole \\ud83d\\ude42"', 'half ?, whole 🙂'],
    [{ type: 'string', optional: true }, 'null', null],
    [{ type: 'int32', default: 7 }, 'null', 7],
    [{ type: 'array', items: { type: 'int64', optional: true } }, '[1,null]', [1n, null]],
    [{ type: 'map', keys: { type: 'string' }, values: { type: 'int32' } }, '{"b":1,"a":2}', { b: 1, a: 2 }],
    [
      { type: 'map', keys: { type: 'int32' }, values: { type: 'string', optional: true } },
      '[[1,"a"],[2,null]]',
      [
        { key: 1, value: 'a' },
        { key: 2, value: null },
      ],
    ],
    [
      { type: 'map', keys: { type: 'string', optional: true }, values: { type: 'boolean' } },
      '{"a":true}',
      [{ key: 'a', value: true }],
    ],
    [{ type: 'int32', name: `${LOGICAL}.Date` }, '-1', -1],
    [{ type: 'int32', name: `${LOGICAL}.Time` }, '86400000', 86_400_000],
    [{ type: 'int64', name: `${LOGICAL}.Timestamp` }, '1700000000000', 1_700_000_000_000n],
    ['decimal', '"AJY="', Buffer.from('0096', 'hex')],
    ['decimal', '1.5', Buffer.from('0096', 'hex')],
    ['decimal', '0', Buffer.of(0)],
    ['decimal', '-1.28', Buffer.of(0x80)],
  ])('%j reads %s', (type, payload, value) => {
    const decimal = { type: 'bytes', name: `${LOGICAL}.Decimal`, version: 1, parameters: { scale: '2' } };
    const schema = type === 'decimal' ? decimal : typeof type === 'string' ? { type } : type;
    const text = `{"schema":${JSON.stringify(schema)},"payload":${payload}}`;
    expect(decoded(convert(text)).value).toEqual(value);
  });

  const prices = {
    type: 'struct',
    name: 'shop.Price',
    version: 3,
    fields: [
      { field: 'id', type: 'int32', optional: false },
      { field: 'item', type: 'string', optional: true },
      { field: 'tags', type: 'array', items: { type: 'struct', fields: [{ field: 'n', type: 'double' }] } },
    ],
  };

  test('reads a struct by its fields: what is missing is null, what it does not name is passed over', () => {
    const data = convert(envelope(prices, { tags: [{ n: 1 }, { n: 2 }], other: {}, id: 5 }));
    expect(decoded(data).value).toEqual({ id: 5, item: null, tags: [{ n: 1 }, { n: 2 }] });
    expect(data).toMatchObject({ schema: { version: 3 } });
  });

  test('gives records of one schema the same one, and of another another, in whatever order they come', () => {
    const converter = jsonEnvelopeConverter('value');
    const schemaOf = (content: string) => Object(converted(converter, content)).schema;
    const price = (id: number) => envelope(prices, { id, tags: [] });
    const reversed = `{"payload":{"id":9,"tags":[]},"schema":${JSON.stringify(prices)}}`;
    const other = envelope({ type: 'int8' }, 1);
    const seen = [price(1), price(2), other, price(3), reversed, other].map(schemaOf);
    expect(new Set(seen).size).toBe(2);
    expect(seen.map((schema) => schema === seen[0])).toEqual([true, true, false, true, true, false]);
  });

  test('reads records of several schemas as it reads each alone', () => {
    // JSON.stringify writes -0 as 0.
    const writable = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const records = fc.constantFrom<readonly [unknown, fc.Arbitrary<unknown>]>(
      [{ type: 'string' }, fc.string({ unit: 'binary' })],
      [{ type: 'int32', optional: true }, fc.option(fc.integer())],
      [{ type: 'array', items: { type: 'double' } }, fc.array(writable)],
      [
        { type: 'map', keys: { type: 'string' }, values: { type: 'boolean' } },
        fc.dictionary(fc.string(), fc.boolean()),
      ],
    );
    const record = records.chain(([schema, payload]) =>
      fc.record({ schema: fc.constant(schema), payload, blank: fc.constantFrom('', ' ', '\n') }),
    );
    const text = ({ schema, payload, blank }: { schema: unknown; payload: unknown; blank: string }) =>
      `${blank}{${blank}"schema"${blank}:${JSON.stringify(schema)}${blank},"payload":${blank}${JSON.stringify(payload)}}${blank}`;
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (all) => {
        const converter = jsonEnvelopeConverter('value');
        for (const one of all) {
          const read = decoded(converted(converter, text(one)));
          expect(read).toEqual(decoded(convert(text(one))));
          expect(read.value).toEqual(one.payload);
        }
      }),
    );
  });

  test('of an optional null is null, and of a value is not', () => {
    const [none, some] = [null, 1].map((payload) => convert(envelope({ type: 'int8', optional: true }, payload)));
    expect([none, some].map((data) => data !== undefined && 'bytes' in data && isNull(data))).toEqual([true, false]);
  });

  test('takes fields of any names, and refuses those alone that Avro’s codec cannot tell apart', () => {
    const name = fc.oneof(fc.constantFrom('', '.', '1', '_31_', '_1', 'a.b', 'ä', 'int', 'constructor'), fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 5 }), fc.option(name, { nil: undefined }), (names, struct) => {
        fc.pre(!names.includes('__proto__'));
        const fields = names.map((field) => ({ field, type: 'int32' }));
        const data = convert(
          envelope({ type: 'struct', name: struct, fields }, Object.fromEntries(names.map((own, at) => [own, at]))),
        );
        if (data instanceof ConnectlessError) expect(data).toMatchObject({ retryable: false });
        else expect(decoded(data).value).toEqual(Object.fromEntries(names.map((own, at) => [own, at])));
      }),
      { numRuns: 200 },
    );
    expect(
      convert(
        envelope(
          {
            type: 'struct',
            fields: [
              { field: '1', type: 'int8' },
              { field: '_31_', type: 'int8' },
            ],
          },
          {},
        ),
      ),
    ).toMatchObject({
      code: 'INVALID_CONNECT_SCHEMA',
    });
  });

  test('that is null is JSON without a schema', () => {
    expect(jsonOf(convert('{"payload": {"b": 1.50, "a": [null, "x"]}, "schema": null}'))).toBe(
      '{"b":1.50,"a":[null,"x"]}',
    );
  });

  test.each(['1', '[]', '{}', '{"schema":null}', '{"schema":null,"payload":1,"more":1}', '{"payload":{"schema":1}}'])(
    'refuses %s, which is no envelope',
    (text) => {
      expect(convert(text)).toMatchObject({
        code: 'INVALID_ENVELOPE',
        retryable: false,
        message: expect.stringContaining('value.converter.schemas.enable=true'),
      });
    },
  );

  test('finds more than an envelope behind a beginning that it has seen', () => {
    const converter = jsonEnvelopeConverter('value');
    const good = envelope({ type: 'int8' }, 1);
    expect(decoded(converted(converter, good)).value).toBe(1);
    expect(converted(converter, good.replace('1}', '1,"more":2}'))).toMatchObject({ code: 'INVALID_ENVELOPE' });
    expect(converted(converter, `${good}}`)).toMatchObject({ code: 'INVALID_JSON' });
    expect(decoded(converted(converter, good)).value).toBe(1);
  });

  test.each<[unknown, string, string]>([
    ['boolean', '1', 'at payload its schema wants true or false'],
    ['int8', '128', 'at payload its schema wants an integer of 8 bits'],
    ['int16', '-32769', 'an integer of 16 bits'],
    ['int32', '1.5', 'an integer of 32 bits'],
    ['int64', '9223372036854775808', 'an integer of 64 bits'],
    ['int64', '1e99999999', 'an integer of 64 bits'],
    ['int32', '"5"', 'at payload its schema wants a number'],
    ['double', '1e400', 'a number that a double can hold'],
    ['string', '5', 'a string'],
    ['bytes', '"A"', 'bytes in base64'],
    ['bytes', '[1]', 'bytes in base64'],
    ['string', 'null', 'a value: it is null or missing, and its schema is not optional'],
    [{ type: 'int32', name: `${LOGICAL}.Time` }, '-1', 'a time of a day in milliseconds'],
    [{ type: 'int32', name: `${LOGICAL}.Time` }, '86400001', 'a time of a day in milliseconds'],
    [{ type: 'bytes', name: `${LOGICAL}.Decimal`, parameters: { scale: '2' } }, '1.555', 'at most 2 digits'],
    [{ type: 'bytes', name: `${LOGICAL}.Decimal`, parameters: { scale: '2' } }, '1e9999', 'at most 2 digits'],
    [prices, '{"id":1,"tags":[{"n":1},{}]}', 'at payload.tags[1].n its schema wants a value'],
    [prices, '[]', 'at payload its schema wants an object'],
    [{ type: 'map', keys: { type: 'int8' }, values: { type: 'int8' } }, '{"1":1}', 'an array'],
    [
      { type: 'map', keys: { type: 'int8' }, values: { type: 'int8' } },
      '[[1]]',
      'at payload[0] its schema wants a key and a value',
    ],
  ])('of %j refuses %s', (type, payload, what) => {
    const schema = typeof type === 'string' ? { type } : type;
    expect(convert(`{"schema":${JSON.stringify(schema)},"payload":${payload}}`)).toMatchObject({
      code: 'INVALID_VALUE',
      retryable: false,
      message: expect.stringContaining(what),
    });
  });

  test.each<[unknown, string]>([
    ['int32', 'at schema Connect’s schema wants an object'],
    [{}, 'at schema.type'],
    [{ type: 'long' }, 'at schema.type'],
    [{ type: 'array' }, 'at schema.items'],
    [{ type: 'map', keys: { type: 'int8' } }, 'at schema.values'],
    [{ type: 'struct' }, 'at schema.fields'],
    [{ type: 'struct', fields: [{ type: 'int8' }] }, 'at schema.fields[0].field'],
    [
      {
        type: 'struct',
        fields: [
          { field: 'a', type: 'int8' },
          { field: 'a', type: 'int8' },
        ],
      },
      'at schema.fields[1].field',
    ],
    [{ type: 'int8', parameters: { a: 1 } }, 'at schema.parameters.a'],
    [{ type: 'int64', name: `${LOGICAL}.Date` }, 'at schema.type'],
    [{ type: 'bytes', name: `${LOGICAL}.Decimal` }, 'at schema.parameters.scale'],
  ])('refuses the schema %j', (schema, place) => {
    expect(convert(envelope(schema, 1))).toMatchObject({
      code: 'INVALID_CONNECT_SCHEMA',
      message: expect.stringContaining(place.replace('’', "'")),
    });
  });

  test('refuses a default that is none of its type', () => {
    expect(convert(envelope({ type: 'int8', default: 'x' }, 1))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining('at schema.default'),
    });
  });
});
