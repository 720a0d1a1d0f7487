// Files as a format writes them, for tests.
import { codec } from '../../../../src/avro/codec';
import type { Data } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';
import type { FileFormat, FileIdentity } from '../../../../src/sink/format/format';

export const PRICES = dataSchema(
  '{"type":"record","name":"P","namespace":"g","fields":[{"name":"id","type":"int"},{"name":"s","type":"string"}]}',
  { id: 7 },
);

/** One of PRICES, with other bytes around it. */
export function price(id: number): Data {
  return dataOf(PRICES, { id, s: `s${id}` });
}

export function dataOf(schema: NonNullable<Data['schema']>, value: unknown): Data {
  const datum = codec(schema.schema).encode(value);
  return { schema, bytes: Buffer.concat([Buffer.of(1, 2), datum, Buffer.of(3)]), start: 2, end: 2 + datum.length };
}

export function json(text: string): Data {
  const bytes = Buffer.from(` ${text} `);
  return { schema: undefined, bytes, start: 1, end: bytes.length - 1 };
}

export function fileOf(schema: Data['schema']): FileIdentity {
  return { topic: 'prices', partition: 3, startOffset: 1042, schema };
}

/** The whole file of these blocks; what is remembered between them goes through JSON, as through a state object. */
export function written(format: FileFormat, file: FileIdentity, blocks: ReadonlyArray<readonly Data[]>): Buffer {
  const { bytes, memo: first } = format.start(file);
  const parts = [bytes];
  let memo = first;
  for (const block of blocks) {
    const datums = Buffer.concat(block.map((data) => format.encode(data)));
    const next = format.block(file, memo, block.length, datums);
    parts.push(next.bytes);
    memo = JSON.parse(JSON.stringify(next.memo ?? memo ?? null));
  }
  return Buffer.concat([...parts, format.end(file, memo)]);
}
