// What schema.compatibility alone makes of a recorded case: files of flush.size records, cut where the schema changes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWireHeader, WIRE_HEADER_BYTES } from '../../../../src/avro/wire';
import type { SinkConfig } from '../../../../src/config/sink-model';
import type { Data, DataSchema } from '../../../../src/convert/data';
import { dataSchema } from '../../../../src/convert/data-schema';
import { changesFile } from '../../../../src/sink/compatibility/changes-file';
import { project } from '../../../../src/sink/compatibility/project';
import { readData } from './schemas';

export type Mode = SinkConfig['compatibility'];

export interface Cut {
  readonly startOffset: number;
  readonly schema: DataSchema;
  readonly values: unknown[];
}

/** The files that are complete. */
export function cut(mode: Mode, flushSize: number, records: readonly Data[], firstOffset = 0): Cut[] {
  const files: Cut[] = [];
  let open: Cut | undefined;
  records.forEach((record, index) => {
    if (record.schema === undefined) throw new Error('no schema');
    if (open !== undefined && changesFile(mode, open.schema, record.schema) !== false) open = undefined;
    if (open === undefined) {
      open = { startOffset: firstOffset + index, schema: record.schema, values: [] };
      files.push(open);
    }
    const projected = project(record, open.schema);
    if (projected instanceof Error) throw projected;
    open.values.push(readData({ ...projected, schema: open.schema }));
    if (open.values.length === flushSize) open = undefined;
  });
  return open === undefined ? files : files.slice(0, -1);
}

interface Golden {
  readonly connector: Readonly<Record<string, string>>;
  readonly records: Readonly<Record<string, ReadonlyArray<{ readonly value: string }>>>;
  readonly schemas: Readonly<Record<string, { readonly schema: string }>>;
  readonly result: { readonly files: Readonly<Record<string, { readonly records: unknown[] }>> };
}

/** The files of a recorded case, Confluent's and ours. */
export function goldenCuts(name: string) {
  const path = join(__dirname, '../../../fixtures/golden/sink', `${name}.json`);
  const { connector, records, schemas, result }: Golden = JSON.parse(readFileSync(path, 'utf8'));
  const messages = Object.values(records)
    .flat()
    .map(({ value }) => Buffer.from(value, 'hex'));
  // A version is its subject's, and a case tells one subject of each schema: what came first was registered first.
  const ids = [...new Set(messages.map((message) => readWireHeader(message) ?? -1))];
  const known = new Map(ids.map((id, at) => [id, dataSchema(schemas[id]?.schema ?? '', { id, version: at + 1 })]));
  const data = messages.map((message) => messageData(message, known));
  return {
    theirs: Object.entries(result.files).map(([key, file]) => ({
      startOffset: Number(/\+(\d+)\.avro$/.exec(key)?.[1]),
      values: file.records,
    })),
    ours: cut(connector['schema.compatibility'] as Mode, Number(connector['flush.size']), data).map(
      ({ startOffset, values }) => ({ startOffset, values: values.map((value) => plain(value)) }),
    ),
  };
}

function messageData(bytes: Buffer, known: ReadonlyMap<number, DataSchema>): Data {
  return { schema: known.get(readWireHeader(bytes) ?? -1), bytes, start: WIRE_HEADER_BYTES, end: bytes.length };
}

/** As JSON has it; the recorded longs are small. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member)));
}
