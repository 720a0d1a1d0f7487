// Files of JSON lines, as Confluent's JsonFormat wrote them.
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Data } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';
import { formatOf } from '../../../../src/sink/format/format-of';
import { dataOf, fileOf, json, PRICES, price, written } from './sample';

type JsonConfig = { readonly gzipLevel?: number; readonly decimals?: 'BASE64' | 'NUMERIC' };
const jsonFormat = (config: JsonConfig = {}) => formatOf({ kind: 'json', decimals: 'BASE64', ...config });

const TEXT = dataSchema('"string"');
const DECIMAL = dataSchema(
  '{"type":"record","name":"D","fields":[{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},{"name":"f","type":"float"}]}',
);
const HEADERS = dataSchema(
  '{"type":"record","name":"H","fields":[{"name":"headers","type":{"type":"array","items":{"type":"record","name":"I","fields":[{"name":"key","type":"string"},{"name":"value","type":["null","string"]}]}}}]}',
);

// The texts of Confluent's files.
const WRITTEN: ReadonlyArray<readonly [string, readonly Data[], string]> = [
  ['records', [0, 1, 2].map(price), '{"id":0,"s":"s0"}\n{"id":1,"s":"s1"}\n{"id":2,"s":"s2"}\n'],
  ['text', ['k0', 'k1'].map((key) => dataOf(TEXT, key)), '"k0"\n"k1"\n'],
  ['decimals and NaN', [dataOf(DECIMAL, { d: Buffer.of(0, 0x96), f: Number.NaN })], '{"d":"AJY=","f":"NaN"}\n'],
  [
    'headers',
    [
      dataOf(HEADERS, {
        headers: [
          { key: 'h1', value: 'v0' },
          { key: 'n', value: '12' },
        ],
      }),
    ],
    '{"headers":[{"key":"h1","value":"v0"},{"key":"n","value":"12"}]}\n',
  ],
  ['records without a schema', [json('{\n "a" : 1.50, "b" : [ ] }'), json('3')], '{"a":1.5,"b":[]}\n3\n'],
];

describe('a file of JSON lines', () => {
  test.each(WRITTEN)('of %s is what Confluent wrote', async (_, records, text) => {
    const file = fileOf(records[0]?.schema);
    expect(written(await jsonFormat(), file, [records]).toString()).toBe(text);
    expect(gunzipSync(written(await jsonFormat({ gzipLevel: 6 }), file, [records])).toString()).toBe(text);
  });

  test('has decimals as numbers when they are NUMERIC', async () => {
    const file = written(await jsonFormat({ decimals: 'NUMERIC' }), fileOf(DECIMAL), [
      [dataOf(DECIMAL, { d: Buffer.of(0, 0x96), f: 1 })],
    ]);
    expect(file.toString()).toBe('{"d":1.50,"f":1.0}\n');
  });

  test('may hold records of several schemas', async () => {
    const file = written(await jsonFormat(), fileOf(PRICES), [[price(1), dataOf(TEXT, 'x'), price(2)]]);
    expect(file.toString()).toBe('{"id":1,"s":"s1"}\n"x"\n{"id":2,"s":"s2"}\n');
  });

  test('is .json, and .json.gz when it is compressed', async () => {
    expect((await jsonFormat()).extension).toBe('.json');
    expect((await jsonFormat({ gzipLevel: -1 })).extension).toBe('.json.gz');
  });
});

test('each setting makes another format', async () => {
  const configs: JsonConfig[] = [{}, { decimals: 'NUMERIC' }, { gzipLevel: -1 }, { gzipLevel: 1 }];
  const formats = await Promise.all(configs.map(jsonFormat));
  expect(new Set(formats.map(({ id }) => id)).size).toBe(configs.length);
});
