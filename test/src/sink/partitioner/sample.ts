// Records as partitioners look at them, and what Joda printed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../local/servers/parts';
import { codec } from '../../../../src/avro/codec';
import type { Data, DataSchema } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';
import type { PlacedRecord } from '../../../../src/sink/partitioner/partitioner';

/** A record of partition 3 at offset 0, of the last of February 2024 at midnight. */
export function recordOf(value: Data, timestamp = Date.UTC(2024, 1, 29)): PlacedRecord {
  return { partition: 3, offset: 0, timestamp, value };
}

/** One datum between others' bytes. */
export function datum(schema: string | DataSchema, value: unknown): Data {
  const written = typeof schema === 'string' ? dataSchema(schema) : schema;
  const bytes = codec(written.schema).encode(value);
  const around = Buffer.alloc(3, 0xff);
  return {
    schema: written,
    bytes: Buffer.concat([around, bytes, around]),
    start: around.length,
    end: around.length + bytes.length,
  };
}

/** A value of JsonConverter without schemas. */
export function json(text: string): Data {
  const bytes = Buffer.from(text);
  return { schema: undefined, bytes, start: 0, end: bytes.length };
}

export const NO_VALUE = json('null');

/** The rows of a table in test/fixtures/joda, whose own words say what they are. */
export function jodaRows<Row extends readonly unknown[]>(name: string): Row[] {
  return JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/joda', name), 'utf8')).rows;
}
