// StringConverter and ByteArrayConverter.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { converterOf } from '../../../src/convert/converter-of';
import { stringConverter } from '../../../src/convert/string';
import { converted, decoded } from './decoded';

const hex = (text: string) => Buffer.from(text, 'hex');
const nobody = () => undefined;

describe('StringConverter', () => {
  test.each(['6f6e65', '74776f', '7468726565'])(
    'gives the optional string that Confluent’s sink wrote of %s',
    (bytes) => {
      const converter = converterOf({ kind: 'string', encoding: 'UTF-8' }, nobody, 'value');
      expect(decoded(converted(converter, hex(bytes)))).toEqual({
        schema: '["null","string"]',
        value: hex(bytes).toString(),
      });
    },
  );

  test.each<[string, string, string]>([
    ['UTF-8', '', ''],
    ['UTF-8', 'efbbbf61', '\ufeffa'],
    ['utf8', 'c3a9f09f9880', 'é😀'],
    ['UTF-16', '00e9d83dde00', 'é😀'],
    ['UTF-16', 'feff0061', 'a'],
    ['UTF-16', 'fffe6100', 'a'],
    ['UTF-16BE', 'feff0061', '\ufeffa'],
    ['UTF-16LE', 'e900', 'é'],
    ['ISO-8859-1', 'e98041', 'é\u0080A'],
    ['latin1', 'ff', 'ÿ'],
    ['US-ASCII', '41', 'A'],
  ])('reads %s', (encoding, bytes, text) => {
    expect(decoded(converted(stringConverter('value', encoding), hex(bytes))).value).toBe(text);
  });

  test.each([
    ['UTF-8', 'c328'],
    ['UTF-8', 'eda080'],
    ['UTF-16', '00'],
    ['UTF-16', 'd8000061'],
    ['US-ASCII', '80'],
  ])('refuses what is no text in %s', (encoding, bytes) => {
    expect(converted(stringConverter('key', encoding), hex(bytes))).toMatchObject({
      code: 'NOT_TEXT',
      retryable: false,
      message: expect.stringContaining('key.converter.encoding'),
    });
  });

  test.each(['UTF-32', 'constructor', ''])('does not know the encoding %j', (encoding) => {
    expect(() => stringConverter('value', encoding)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('ByteArrayConverter', () => {
  test('gives all bytes as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { schema, value } = decoded(converted(converterOf({ kind: 'bytes' }, nobody, 'key'), bytes));
        expect([schema, value]).toEqual(['["null","bytes"]', Buffer.from(bytes)]);
      }),
    );
  });
});
