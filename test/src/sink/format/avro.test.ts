// Avro files: the header, the blocks, what goes on from what was remembered.
import { describe, expect, test } from '@jest/globals';
import { readContainer } from '../../../../src/avro/container';
import { containerValues } from '../../../../src/avro/container-values';
import { dataSchema } from '../../../../src/convert/data-schema';
import { formatOf } from '../../../../src/sink/format/format-of';
import { fileOf, json, PRICES, price, written } from './sample';

const CODECS = ['null', 'deflate', 'snappy', 'zstandard'] as const;
const avro = (codec: (typeof CODECS)[number], deflateLevel = 6) => formatOf({ kind: 'avro', codec, deflateLevel });
const BLOCKS = [[0, 1, 2].map(price), [3].map(price)];

describe('the header of an Avro file', () => {
  test('is to the byte what files without compression began with ever since', async () => {
    const file = fileOf(dataSchema('"string"', { id: 7 }));
    expect((await avro('null')).start(file).bytes.toString('hex')).toBe(
      '4f626a010c166176726f2e736368656d611022737472696e6722146176726f2e636f646563086e756c6c22636f6e6e6563746c6573732e746f7069630c7072696365732a636f6e6e6563746c6573732e706172746974696f6e023324636f6e6e6563746c6573732e6f666673657408313034322a636f6e6e6563746c6573732e736368656d612e6964023700dbd94192430455270fdf5df3d8b78670',
    );
  });

  test.each<[string, string | number, string]>([
    ["the registry's id", 7, '7'],
    ["Glue's id", 'c0ffee-1', 'c0ffee-1'],
  ])('has %s', async (_, id, text) => {
    const { metadata } = readContainer((await avro('null')).start(fileOf(dataSchema('"int"', { id }))).bytes);
    expect(metadata.get('connectless.schema.id')?.toString()).toBe(text);
  });

  test('has no id where the schema has none', async () => {
    const { metadata } = readContainer((await avro('snappy')).start(fileOf(dataSchema('"int"'))).bytes);
    expect([...metadata.keys()]).toEqual([
      'avro.schema',
      'avro.codec',
      'connectless.topic',
      'connectless.partition',
      'connectless.offset',
    ]);
  });

  test('has the schema verbatim', async () => {
    const text = '{ "type" : "int", "extra": 1.50 }';
    expect(readContainer((await avro('deflate')).start(fileOf(dataSchema(text))).bytes).schema).toBe(text);
  });

  test('tells files of other starts apart by their sync markers', async () => {
    const format = await avro('null');
    const file = fileOf(PRICES);
    const others = [file, { ...file, topic: 'p' }, { ...file, partition: 4 }, { ...file, startOffset: 0 }];
    expect(new Set(others.map((other) => format.start(other).memo)).size).toBe(others.length);
  });

  test('is refused for records without a schema', async () => {
    const format = await avro('null');
    const refusal = expect.objectContaining({ code: 'SCHEMA_REQUIRED' });
    expect(() => format.start(fileOf(undefined))).toThrow(refusal);
    expect(() => format.encode(json('{"a":1}'))).toThrow(refusal);
  });
});

describe.each(CODECS)('an Avro file of codec %s', (codec) => {
  test('holds the records, block by block', async () => {
    const file = written(await avro(codec), fileOf(PRICES), BLOCKS);
    expect(readContainer(file).codec).toBe(codec);
    expect([...readContainer(file).blocks].map(({ count }) => count)).toEqual([3, 1]);
    expect([...containerValues(file).values].map((value) => ({ ...Object(value) }))).toEqual(
      [0, 1, 2, 3].map((id) => ({ id, s: `s${id}` })),
    );
  });

  test('is the same bytes each time', async () => {
    const [one, other] = await Promise.all([avro(codec), avro(codec)]);
    expect(written(other, fileOf(PRICES), BLOCKS)).toEqual(written(one, fileOf(PRICES), BLOCKS));
    expect(other.id).toBe(one.id);
  });

  test('is .avro', async () => {
    expect(await avro(codec)).toMatchObject({ extension: '.avro', verbatim: true, blockBytes: 65_536 });
  });
});

test('another codec or level is another format', async () => {
  const formats = await Promise.all([...CODECS.map((codec) => avro(codec, 6)), avro('deflate', 1)]);
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
});
