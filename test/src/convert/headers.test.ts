// A record's headers as a row.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EventHeaders, headersConverter } from '../../../src/convert/headers';
import { decoded } from './decoded';

/** As the event has them. */
function eventHeaders(headers: ReadonlyArray<readonly [string, string | null]>): EventHeaders {
  return headers.map(([key, text]) => ({ [key]: text === null ? null : [...new Int8Array(Buffer.from(text))] }));
}

describe('headers', () => {
  const golden = eventHeaders([
    ['h1', 'v0'],
    ['n', '12'],
  ]);
  const pairs = [
    { key: 'h1', value: 'v0' },
    { key: 'n', value: '12' },
  ];
  const array =
    '{"type":"array","items":{"type":"record","name":"ConnectDefault","namespace":"io.confluent.connect.avro","fields":[{"name":"key","type":"string"},{"name":"value","type":"string"}]}}';

  test.each(['avro', 'bytes'] as const)('are an array of names and texts for %s', (format) => {
    expect(decoded(headersConverter('simple', format)(golden))).toEqual({ schema: array, value: pairs });
  });

  test.each(['json', 'parquet'] as const)(
    'are in a record for %s, which Confluent’s sink wrote as {"headers":[…]}',
    (format) => {
      expect(decoded(headersConverter('simple', format)(golden))).toEqual({
        schema: `{"type":"record","name":"RecordHeaders","fields":[{"name":"headers","type":${array}}],"connect.name":"RecordHeaders"}`,
        value: { headers: pairs },
      });
    },
  );

  test('keep every text with StringConverter, and a name that comes twice', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' }))), (headers) => {
        const { value } = decoded(headersConverter('string', 'avro')(eventHeaders(headers)));
        expect(value).toEqual(headers.map(([key, text]) => ({ key, value: text })));
      }),
    );
  });

  test.each<[string, 'simple' | 'string', EventHeaders, string]>([
    ['null', 'string', eventHeaders([['h', null]]), 'HEADER_NULL'],
    ['null', 'simple', eventHeaders([['h', null]]), 'HEADER_NULL'],
    ['the text null', 'simple', eventHeaders([['h', ' null ']]), 'HEADER_NULL'],
    ['no text', 'string', [{ h: [-1] }], 'HEADER_NOT_TEXT'],
    ['no text', 'simple', [{ h: [-1] }], 'HEADER_NOT_TEXT'],
  ])('of which one is %s are the record’s fault with the %s converter', (_, converter, headers, code) => {
    expect(headersConverter(converter, 'json')(headers)).toMatchObject({ code, retryable: false });
  });
});
