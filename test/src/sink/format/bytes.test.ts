// Files of bytes, as Confluent's ByteArrayFormat wrote them.
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { dataSchema } from '../../../../src/convert/data-schema';
import { formatOf } from '../../../../src/sink/format/format-of';
import { dataOf, fileOf, json, price, written } from './sample';

type BytesConfig = { readonly gzipLevel?: number; readonly extension?: string; readonly separator?: string };
const bytesFormat = (config: BytesConfig = {}) =>
  formatOf({ kind: 'bytes', extension: '.bin', separator: '\n', ...config });

const BYTES = dataSchema('"bytes"');
const VALUES = [Buffer.from('one'), Buffer.of(0, 255), Buffer.alloc(0)];
// As recorded of Confluent's sink.
const FILE = Buffer.from('one\n\0\xff\n\n', 'latin1');

describe('a file of bytes', () => {
  test.each([
    ['bytes', '"bytes"'],
    ['bytes or null', '["null","bytes"]'],
  ])('of %s is what Confluent wrote', async (_, schema) => {
    const records = VALUES.map((value) => dataOf(dataSchema(schema), value));
    expect(written(await bytesFormat(), fileOf(BYTES), [records])).toEqual(FILE);
    expect(gunzipSync(written(await bytesFormat({ gzipLevel: 1 }), fileOf(BYTES), [records]))).toEqual(FILE);
  });

  test('holds fixed bytes, and has another separator', async () => {
    const fixed = dataSchema('{"type":"fixed","name":"F","size":2}');
    const records = [dataOf(fixed, Buffer.of(1, 2)), dataOf(fixed, Buffer.of(3, 4))];
    const file = written(await bytesFormat({ separator: '€' }), fileOf(fixed), [records]);
    expect(file).toEqual(Buffer.concat([Buffer.of(1, 2), Buffer.from('€'), Buffer.of(3, 4), Buffer.from('€')]));
  });

  test('may hold nothing at all', async () => {
    const records = [[dataOf(BYTES, Buffer.alloc(0))]];
    expect(written(await bytesFormat({ separator: '' }), fileOf(BYTES), records)).toEqual(Buffer.alloc(0));
    const file = written(await bytesFormat({ separator: '', gzipLevel: 6 }), fileOf(BYTES), records);
    expect(gunzipSync(file)).toEqual(Buffer.alloc(0));
  });

  test('has its own extension', async () => {
    expect((await bytesFormat()).extension).toBe('.bin');
    expect((await bytesFormat({ extension: '.log', gzipLevel: 9 })).extension).toBe('.log.gz');
  });

  test.each([
    ['a record', price(1), 'record'],
    ['data without a schema', json('{}'), 'data without a schema'],
    ['null', dataOf(dataSchema('["null","bytes"]'), null), 'null'],
  ])('refuses %s', async (_, data, what) => {
    const { encode } = await bytesFormat();
    expect(() => encode(data)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VALUE', message: expect.stringContaining(`this is ${what}:`) }),
    );
  });
});

test('another separator is another format', async () => {
  expect((await bytesFormat({ separator: ';' })).id).not.toBe((await bytesFormat()).id);
});
