// The records in a file that a schedule left, by their `id`, whatever its format.
import { gunzipSync } from 'node:zlib';
import { codec } from '../../src/avro/codec';
import { readContainer } from '../../src/avro/container';
import { parseSchema } from '../../src/avro/schema-parse';

/** Values of a file, decoded. */
function rowsIn(key: string, body: Buffer): unknown[] {
  if (key.endsWith('.avro')) return avroRows(body);
  const text = (key.endsWith('.gz') ? gunzipSync(body) : body).toString();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

/** Offsets of the records in a file of values. */
export function idsIn(key: string, body: Buffer): number[] {
  return rowsIn(key, body).map((row) =>
    typeof row === 'object' && row !== null && 'id' in row ? Number(row.id) : Number.NaN,
  );
}

function avroRows(body: Buffer): unknown[] {
  const { schema, blocks } = readContainer(body);
  const { decode } = codec(parseSchema(schema));
  const rows: unknown[] = [];
  for (const { count, data } of blocks) {
    let at = 0;
    for (let left = count; left > 0; left -= 1) {
      const { value, end } = decode(data, at);
      rows.push(value);
      at = end;
    }
  }
  return rows;
}
