// Confluent's wire format.
import { describe, expect, test } from '@jest/globals';
import { codec } from '../../../src/avro/codec';
import { wireHeader } from '../../../src/avro/wire';
import { avroConverter } from '../../../src/convert/avro';
import type { KnownSchemas } from '../../../src/convert/data';
import { dataSchema } from '../../../src/convert/data-schema';
import { ConnectlessError } from '../../../src/errors';
import { converted, decoded } from './decoded';

const TEXT =
  '{"type":"record","name":"P","fields":[{"name":"id","type":"int"},{"name":"s","type":"string"},{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}}]}';
const schema = dataSchema(TEXT, { id: 190 });
const gone = new ConnectlessError('SCHEMA_NOT_FOUND', 'Schema 7 is not in the registry.');
const known: KnownSchemas = (id) => (id === 190 ? schema : id === 7 ? gone : undefined);
const datum = (content: string) => Buffer.concat([wireHeader(190), Buffer.from(content, 'hex')]);
const convert = (content: Uint8Array) => converted(avroConverter('value', known), content);

describe('the converter of Confluent’s wire format', () => {
  test('passes a datum on as it stands, with the schema that it was written with', () => {
    const value = { id: 5, s: 'ü', e: 'A' };
    const data = convert(codec(schema.schema).encode(value, wireHeader(190)));
    expect(decoded(data)).toEqual({ schema: TEXT, value });
    expect(data).toMatchObject({ schema: { id: 190 } });
  });

  test('asks for a schema that nobody has fetched yet', () => {
    expect(convert(wireHeader(8))).toEqual({ needs: 8 });
  });

  test('says why a schema cannot be had', () => {
    expect(convert(wireHeader(7))).toBe(gone);
  });

  test.each<[string, string, string]>([
    ['truncated', '0a0478', 'The datum is truncated or malformed.'],
    ['followed by others', '0a0478780000', '1 bytes are left behind the datum.'],
    ['of an enum index out of range', '0a04787802', 'The datum is truncated or malformed.'],
    ['of a negative length', '0a0100', 'The datum is truncated or malformed.'],
    ['of a giant length', '0afeffffffffffffffff0100', 'The datum is truncated or malformed.'],
    ['of a string that is not UTF-8', '0a04c32800', 'A string in the datum is not UTF-8.'],
  ])('refuses bytes %s', (_, content, what) => {
    expect(convert(datum(content))).toMatchObject({
      code: 'BROKEN_DATUM',
      retryable: false,
      message: `its value is not one whole datum of its schema, id 190. ${what}`,
    });
  });

  test.each([
    ['nothing', ''],
    ['four bytes', '00000000'],
    ['text', Buffer.from('not avro').toString('hex')],
    ["Glue's wire format", `0300${'00'.repeat(16)}`],
  ])('refuses %s', (_, content) => {
    const key = converted(avroConverter('key', known), Buffer.from(content, 'hex'));
    expect(key).toMatchObject({ code: 'NO_WIRE_FORMAT', retryable: false });
    expect(key).toMatchObject({
      message: expect.stringContaining('key.converter=io.confluent.connect.avro.AvroConverter'),
    });
  });
});
