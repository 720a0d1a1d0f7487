import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from './eventually';
import { type FileOverrides, type IsolatedPipeline, isolatedPipeline } from './isolated-pipeline';
import { withLog } from './with-log';

jest.setTimeout(300_000);

const smallFiles = ['source:page-read', 'source:intent-written', 'source:produced', 'source:cursor-moved'].concat(
  ['topic:chunk-appended', 'processor:intent-written', 'processor:produced'],
  ['sink:state-loaded', 'sink:state-replaced', 'sink:file-closed', 'sink:closed-forgotten'],
);
const multipartFiles = ['sink:upload-started', 'sink:part-uploaded', 'sink:last-part-uploaded', 'sink:file-closed'];

const rows = 18;
const range = Array.from({ length: rows }, (_, index) => index + 1);
/** Short, because whoever finds an intent waits until its writer's deadline and the request time-out have passed. */
const worker = { 'request.timeout.ms': '1000' };
const functionTimeoutMs = '4000';

async function insertRows(databaseUrl: string, itemLength: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
  await client.query("INSERT INTO prices(item, price) SELECT repeat('x', $1), n FROM generate_series(1, $2) n", [
    itemLength,
    rows,
  ]);
  await client.end();
}

async function survives(fault: string, itemLength: number, overrides: FileOverrides): Promise<void> {
  const pipeline = await isolatedPipeline({ worker, ...overrides });
  await withLog(
    () => pipeline.log,
    () => arrivesOnce(pipeline, fault, itemLength),
  )();
  await pipeline.close();
}

async function arrivesOnce(pipeline: IsolatedPipeline, fault: string, itemLength: number): Promise<void> {
  await insertRows(pipeline.databaseUrl, itemLength);
  const mark = join(pipeline.directory, 'killed');
  const running = await pipeline.start({
    CONNECTLESS_FAULT: fault,
    CONNECTLESS_FAULT_MARK: mark,
    CONNECTLESS_FUNCTION_TIMEOUT_MS: functionTimeoutMs,
  });
  try {
    await eventually(
      () => pipeline.look(),
      (seen) => seen.files.length >= rows,
    );
  } finally {
    await running.stop(20_000);
  }
  expect(existsSync(mark)).toBe(true);
  expect(await pipeline.look()).toEqual({ inTopic: range, outTopic: range, files: range });
}

describe('a function that is killed leaves every row once in both topics and in the files', () => {
  test.concurrent.each(smallFiles)('at %s, with small files', (fault) =>
    survives(fault, 4, { source: { 'batch.max.rows': '5' } }),
  );

  test.concurrent.each(multipartFiles)('at %s, with files of several parts', (fault) =>
    survives(fault, 900_000, { sink: { 'flush.size': '9' } }),
  );
});
