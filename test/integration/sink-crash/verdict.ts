// What a run must leave: each row once, in files that are named by their first one and never changed.
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { streams, Type } from 'avsc';
import type { FreshBucket } from '../fresh-bucket';
import { type Row, textOf } from './rows';

export interface Expected {
  readonly bucket: FreshBucket;
  readonly partitions: number;
  readonly rows: number;
  /** Characters. */
  readonly length: number;
  readonly flushSize: number;
  /** Whether every file has `flushSize` rows, but for the last one of its partition: no clock has a say. */
  readonly full: boolean;
}

interface FoundFile {
  readonly key: string;
  readonly partition: number;
  readonly startOffset: number;
  readonly rows: readonly Row[];
}

export async function faultsOf(expected: Expected): Promise<{ readonly files: number; readonly faults: string[] }> {
  const files = await filesIn(expected.bucket);
  const faults = files.flatMap((file) => faultsOfFile(file, expected));
  for (let partition = 0; partition < expected.partitions; partition += 1) {
    const its = files.filter((file) => file.partition === partition).sort((a, b) => a.startOffset - b.startOffset);
    faults.push(...faultsOfPartition(partition, its, expected));
  }
  return { files: files.length, faults };
}

function faultsOfFile({ key, partition, startOffset, rows }: FoundFile, { length }: Expected): string[] {
  const [first] = rows;
  if (first?.number !== startOffset) return [`${key} begins with row ${first?.number}`];
  const wrong = rows.find((row) => row.partition !== partition || row.text !== textOf(partition, row.number, length));
  return wrong === undefined ? [] : [`${key} holds another row ${wrong.number} of partition ${wrong.partition}`];
}

function faultsOfPartition(partition: number, files: readonly FoundFile[], expected: Expected): string[] {
  const faults: string[] = [];
  let next = 0;
  for (const { key, rows } of files) {
    for (const { number } of rows) {
      if (number !== next) faults.push(`${key}: row ${number} stands where row ${next} belongs`);
      next = number + 1;
    }
    if (rows.length > expected.flushSize) faults.push(`${key} has ${rows.length} rows`);
  }
  const wanted = Math.ceil((expected.rows - partition) / expected.partitions);
  if (next !== wanted) faults.push(`Partition ${partition} ends with row ${next - 1}, not ${wanted - 1}`);
  const short = expected.full ? files.slice(0, -1).filter(({ rows }) => rows.length < expected.flushSize) : [];
  return [...faults, ...short.map(({ key, rows }) => `${key} has ${rows.length} rows only`)];
}

async function filesIn({ client, bucket }: FreshBucket): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: 'topics/' })) {
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const [, partition, startOffset] = /\+(\d+)\+(\d+)\.avro$/.exec(Key) ?? [];
      const rows = await decoded(Buffer.from((await Body?.transformToByteArray()) ?? []));
      files.push({ key: Key, partition: Number(partition), startOffset: Number(startOffset), rows });
    }
  }
  return files;
}

/** By avsc alone: nothing of the sink reads its own files here. */
function decoded(body: Buffer): Promise<Row[]> {
  const decoder = new streams.BlockDecoder({ parseHook: (schema) => Type.forSchema(schema, { wrapUnions: true }) });
  const rows: Row[] = [];
  return new Promise((resolve, reject) => {
    decoder.on('data', (row: Row) => rows.push(row));
    decoder.on('end', () => resolve(rows));
    decoder.on('error', reject);
    decoder.end(body);
  });
}
