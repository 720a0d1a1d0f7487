// The sink's compressed files, read by readers that share no code with ours.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parts } from '../../local/servers/parts';
import { codec } from '../../src/avro/codec';
import type { FormatConfig } from '../../src/config/sink-model';
import type { Data } from '../../src/convert/data';
import { dataSchema } from '../../src/convert/data-schema';
import { formatOf } from '../../src/sink/format/format-of';
import { readWithAvroTools, readWithFastavro } from './foreign-readers';

const SCHEMA = dataSchema(
  '{"type":"record","name":"P","fields":[{"name":"id","type":"int"},{"name":"s","type":"string"}]}',
  { id: 1 },
);
const VALUES = Array.from({ length: 5000 }, (_, id) => ({ id, s: `text ${(id * id) % 1009} of row ${id}` }));

/** Of all values, in two blocks. */
async function written(config: FormatConfig): Promise<Buffer> {
  const format = await formatOf(config);
  const file = { topic: 'prices', partition: 0, startOffset: 0, schema: SCHEMA };
  const { bytes, memo: first } = format.start(file);
  const parts = [bytes];
  let memo = first;
  for (const values of [VALUES.slice(0, 3000), VALUES.slice(3000)]) {
    const datums = Buffer.concat(values.map((value) => format.encode(dataOf(value))));
    const block = format.block(file, memo, values.length, datums);
    parts.push(block.bytes);
    memo = block.memo ?? memo;
  }
  return Buffer.concat([...parts, format.end(file, memo)]);
}

function dataOf(value: unknown): Data {
  const bytes = codec(SCHEMA.schema).encode(value);
  return { schema: SCHEMA, bytes, start: 0, end: bytes.length };
}

describe('an Avro file', () => {
  test.each(['null', 'deflate', 'snappy', 'zstandard'] as const)('of codec %s is read by avro-tools', async (name) => {
    const file = await written({ kind: 'avro', codec: name, deflateLevel: 6 });
    expect(await readWithAvroTools(file)).toEqual(VALUES);
  });

  test('of codec deflate is read by fastavro', async () => {
    const { codec: name, records } = await readWithFastavro(
      await written({ kind: 'avro', codec: 'deflate', deflateLevel: 1 }),
    );
    expect({ name, records }).toEqual({ name: 'deflate', records: VALUES });
  });
});

test('a file of gzipped JSON lines is read by Python', async () => {
  const script = 'import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.stdin.buffer).read())';
  const running = promisify(execFile)(parts().python, ['-c', script]);
  running.child.stdin?.end(await written({ kind: 'json', decimals: 'BASE64', gzipLevel: 6 }));
  const lines = (await running).stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(VALUES);
});
