// What is compared: Confluent's results of a case and ours in one form.
import { readWireHeader } from '../../../src/avro/wire';
import { contentsOf } from './file-contents';
import { type RecordedCase, type RecordedFile, type RecordedResult, stepsOf } from './recorded-case';
import type { Seen, SeenStep } from './replay';

export interface Outcome {
  readonly state: Seen['state'];
  readonly files: Readonly<Record<string, RecordedFile>>;
  readonly committed: Readonly<Record<string, number>>;
  readonly openUploads: number;
}

/** Of each step; a connector that was not created has one. */
export function theirs(recorded: RecordedCase): Outcome[] {
  if (recorded.result === null) return [{ state: 'REFUSED', files: {}, committed: {}, openUploads: 0 }];
  return stepsOf(recorded).map(({ result }) => theirResult(recorded, result));
}

function theirResult(recorded: RecordedCase, { tasks, files, committed, open_uploads }: RecordedResult): Outcome {
  const described = Object.entries(files).map(([key, file]) => [key, theirFile(recorded, key, file)]);
  return {
    state: tasks.some(({ state }) => state === 'FAILED') ? 'FAILED' : 'RUNNING',
    files: Object.fromEntries(described),
    committed,
    openUploads: open_uploads,
  };
}

function theirFile(recorded: RecordedCase, key: string, file: RecordedFile): RecordedFile {
  const { codec, schema, records, text, count, gunzipped_size } = file;
  if (key.endsWith('.parquet')) return { count: count ?? records?.length ?? 0 };
  if (codec === undefined || schema === undefined || records === undefined) {
    return { text: text ?? '', ...(gunzipped_size === undefined ? {} : { gunzipped_size }) };
  }
  return { codec, records, schema: writersSchema(recorded, key) ?? withoutConnect(schema) };
}

/** The text with which the file's first record was registered: a deliberate difference, Connect prints a schema of its own. */
function writersSchema({ records, schemas, connector }: RecordedCase, key: string): string | undefined {
  if (!/AvroConverter|^$/.test(connector['value.converter'] ?? '') || /\.(keys|headers)\.avro$/.test(key))
    return undefined;
  const [, partition, offset] = /[^0-9](\d+)[^0-9]+(\d+)\.avro$/.exec(key) ?? [];
  const topic = Object.keys(records).find((name) => key.includes(name)) ?? '';
  const first = records[topic]?.find((one) => one.partition === Number(partition) && one.offset === Number(offset));
  return schemas[readWireHeader(Buffer.from(first?.value ?? '', 'hex')) ?? -1]?.schema;
}

/** What Connect adds to a schema. */
function withoutConnect(schema: string): string {
  const plain = JSON.parse(schema, (name, value) => (name.startsWith('connect.') ? undefined : value));
  return JSON.stringify(plain);
}

export async function ours(steps: readonly SeenStep[]): Promise<Outcome[]> {
  const contents = await contentsOf(steps.flatMap(({ files }) => files));
  return steps.map(({ state, files, committed, openUploads }) => {
    const described = contents.splice(0, files.length).map((content, index) => [files[index]?.key, content]);
    return { state, files: Object.fromEntries(described), committed, openUploads };
  });
}
