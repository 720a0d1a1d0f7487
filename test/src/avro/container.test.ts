// Container files, against avsc's reader and writer.
import { describe, expect, test } from '@jest/globals';
import avsc from 'avsc';
import { blockCodec } from '../../../src/avro/block-codec';
import { blockBytes, containerHeader, readContainer } from '../../../src/avro/container';

const SYNC = Buffer.from('0123456789abcdef');
const SCHEMA = '{"type":"record","name":"R","fields":[{"name":"n","type":"int"},{"name":"s","type":"string"}]}';
const TYPE = avsc.Type.forSchema(JSON.parse(SCHEMA));
const VALUES = Array.from({ length: 300 }, (_, n) => ({ n: n - 150, s: `row ${n}` }));

const data = (values: readonly unknown[]) => Buffer.concat(values.map((value) => TYPE.toBuffer(value)));
const header = (metadata: Record<string, string>) => containerHeader({ 'avro.schema': SCHEMA, ...metadata }, SYNC);
const whole = Buffer.concat([
  header({ 'avro.codec': 'null', topic: 'prices' }),
  blockBytes(200, data(VALUES.slice(0, 200)), SYNC),
  blockBytes(100, data(VALUES.slice(200)), SYNC),
]);

async function readByAvsc(file: Buffer): Promise<unknown[]> {
  const decoder = new avsc.streams.BlockDecoder();
  const values: unknown[] = [];
  decoder.on('data', (value: unknown) => values.push(value));
  const end = new Promise((resolve, reject) => decoder.on('end', resolve).on('error', reject));
  decoder.end(file);
  await end;
  return values;
}

describe('a container file', () => {
  test('is read by avsc', async () => {
    expect((await readByAvsc(whole)).map((value) => ({ ...Object(value) }))).toEqual(VALUES);
  });

  test('is the same bytes for the same arguments', () => {
    expect(header({ topic: 'prices' })).toEqual(header({ topic: 'prices' }));
  });

  test('gives back schema, codec, metadata and blocks', () => {
    const { schema, codec, metadata, blocks } = readContainer(whole);
    expect({ schema, codec }).toEqual({ schema: SCHEMA, codec: 'null' });
    expect(metadata.get('topic')).toEqual(Buffer.from('prices'));
    expect([...blocks]).toEqual([
      { count: 200, data: data(VALUES.slice(0, 200)) },
      { count: 100, data: data(VALUES.slice(200)) },
    ]);
  });

  test('of avsc is read, deflated too', async () => {
    const encoder = new avsc.streams.BlockEncoder(TYPE, { codec: 'deflate' });
    const chunks: Buffer[] = [];
    encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = new Promise((resolve) => encoder.on('end', resolve));
    for (const value of VALUES) encoder.write(value);
    encoder.end();
    await end;
    const blocks = [...readContainer(Buffer.concat(chunks)).blocks];
    expect(Buffer.concat(blocks.map((block) => block.data))).toEqual(data(VALUES));
  });

  test('may have no blocks, and metadata in blocks with their size', () => {
    expect([...readContainer(header({})).blocks]).toEqual([]);
    const pair = Buffer.concat([Buffer.of(22), Buffer.from('avro.schema'), Buffer.of(10), Buffer.from('"int"')]);
    const sized = Buffer.concat([Buffer.from('Obj\x01'), Buffer.of(1, 2 * pair.length), pair, Buffer.of(0), SYNC]);
    expect(readContainer(sized).schema).toBe('"int"');
  });

  test('that is cut anywhere but between blocks is refused', () => {
    const first = header({ 'avro.codec': 'null', topic: 'prices' }).length;
    const second = first + blockBytes(200, data(VALUES.slice(0, 200)), SYNC).length;
    for (let length = 0; length < whole.length; length += 1) {
      if (length === first || length === second) continue;
      expect(() => [...readContainer(whole.subarray(0, length)).blocks]).toThrow(/^Byte \d+: /);
    }
  });

  const block = (bytes: number[]) => Buffer.concat([header({}), Buffer.from(bytes)]);
  test.each<[string, Buffer, RegExp]>([
    ['another magic', Buffer.from('PAR1 and so on'), /Byte 0: it does not begin with "Obj"/],
    ['no schema', containerHeader({ topic: 'x' }, SYNC), /no avro\.schema/],
    [
      'an unknown codec',
      header({ 'avro.codec': 'zip' }),
      /avro\.codec is zip; null, deflate, snappy and zstandard can be read/,
    ],
    ['a negative count', block([1, 2, 0]), /cannot be -1/],
    ['a giant size', block([2, ...Buffer.from('feffffffffffffffff01', 'hex')]), /cannot be 9223372036854775807/],
    ...['deflate', 'snappy', 'zstandard'].map((codec): [string, Buffer, RegExp] => [
      `data that is none of ${codec}`,
      Buffer.concat([header({ 'avro.codec': codec }), blockBytes(1, Buffer.of(255), SYNC)]),
      /does not decompress/,
    ]),
  ])('with %s is refused', (_, bytes, message) => {
    expect(() => [...readContainer(bytes).blocks]).toThrow(message);
  });

  test('tells a foreign sync marker apart', () => {
    const bytes = Buffer.concat([header({}), blockBytes(1, data(VALUES.slice(0, 1)), Buffer.alloc(16))]);
    expect(() => [...readContainer(bytes).blocks]).toThrow(/the sync marker behind the block is not that of the file/);
  });

  test.each(['deflate', 'snappy', 'zstandard'] as const)('may hold a block of %s', async (name) => {
    const { compress } = await blockCodec(name, 6);
    const file = Buffer.concat([header({ 'avro.codec': name }), blockBytes(300, compress(data(VALUES)), SYNC)]);
    expect([...readContainer(file).blocks]).toEqual([{ count: 300, data: data(VALUES) }]);
  });
});
