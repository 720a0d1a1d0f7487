// AWS Glue's wire format.
import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { codec } from '../../../src/avro/codec';
import { dataSchema } from '../../../src/convert/data-schema';
import { glueConverter } from '../../../src/convert/glue';
import { converted, decoded } from './decoded';

const ID = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
const schema = dataSchema('{"type":"map","values":"long"}', { id: ID });
const convert = (content: Uint8Array) =>
  converted(
    glueConverter('value', (id) => (id === ID ? schema : undefined)),
    content,
  );
const value = { a: 1n, b: -1n };
const datum = codec(schema.schema).encode(value);

function message(compression: number, body: Uint8Array, { version = 3, id = ID } = {}): Buffer {
  return Buffer.concat([Buffer.of(version, compression), Buffer.from(id.replaceAll('-', ''), 'hex'), body]);
}

describe('the converter of Glue’s wire format', () => {
  test.each([
    ['plain', message(0, datum)],
    ['compressed', message(5, deflateSync(datum))],
  ])('reads a datum that is %s', (_, bytes) => {
    expect(decoded(convert(bytes))).toEqual({ schema: schema.text, value });
  });

  test.each([0, 5])(
    'asks for a schema version by its UUID before it looks at the datum (compression %i)',
    (compression) => {
      const id = '00000000-0000-0000-0000-00000000000a';
      expect(convert(message(compression, Buffer.of(1), { id }))).toEqual({ needs: id });
    },
  );

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'NO_WIRE_FORMAT'],
    ['a header that is cut short', message(0, Buffer.alloc(0)).subarray(0, 17), 'NO_WIRE_FORMAT'],
    ['another version', message(0, datum, { version: 2 }), 'NO_WIRE_FORMAT'],
    ['another compression', message(1, datum), 'NO_WIRE_FORMAT'],
    ['a datum that is cut short', message(0, datum.subarray(0, -1)), 'BROKEN_DATUM'],
    ['a compressed datum with bytes behind it', message(5, deflateSync(Buffer.concat([datum, datum]))), 'BROKEN_DATUM'],
    ['a stream that is cut short', message(5, deflateSync(datum).subarray(0, -3)), 'BROKEN_DATUM'],
    ['a raw deflate stream', message(5, deflateRawSync(datum)), 'BROKEN_DATUM'],
    ['a stream that inflates to 65 MiB', message(5, deflateSync(Buffer.alloc(65 << 20))), 'BROKEN_DATUM'],
  ])('refuses %s', (_, bytes, code) => {
    expect(convert(bytes)).toMatchObject({ code, retryable: false });
  });
});
