import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from './eventually';
import { type IsolatedPipeline, isolatedPipeline } from './isolated-pipeline';

jest.setTimeout(90_000);

const smallFiles = ['source:page-read', 'source:intent-written', 'source:produced', 'source:cursor-moved'].concat(
  ['topic:chunk-appended', 'processor:intent-written', 'processor:produced'],
  ['sink:state-loaded', 'sink:state-replaced', 'sink:file-closed'],
);
const multipartFiles = ['sink:upload-started', 'sink:part-uploaded', 'sink:last-part-uploaded', 'sink:file-closed'];

const rows = 18;
const range = Array.from({ length: rows }, (_, index) => index + 1);
/** Short, because whoever finds an intent waits until its writer's deadline and the request time-out have passed. */
const worker = { 'request.timeout.ms': '1000' };
const functionTimeoutMs = '4000';

describe('a function that is killed', () => {
  let pipeline: IsolatedPipeline;

  async function insertRows(itemLength: number): Promise<void> {
    const client = new Client({ connectionString: pipeline.databaseUrl });
    await client.connect();
    await client.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
    await client.query("INSERT INTO prices(item, price) SELECT repeat('x', $1), n FROM generate_series(1, $2) n", [
      itemLength,
      rows,
    ]);
    await client.end();
  }

  async function survives(fault: string, itemLength: number): Promise<void> {
    await insertRows(itemLength);
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

  afterEach(() => pipeline.close());

  describe('while it makes small files', () => {
    beforeEach(async () => {
      pipeline = await isolatedPipeline({ worker, source: { 'batch.max.rows': '5' } });
    });

    test.each(smallFiles)('at %s leaves every row once in both topics and in the files', (fault) => survives(fault, 4));
  });

  describe('while it makes files of several parts', () => {
    beforeEach(async () => {
      pipeline = await isolatedPipeline({ worker, sink: { 'flush.size': '9' } });
    });

    test.each(multipartFiles)('at %s leaves every row once in both topics and in the files', (fault) =>
      survives(fault, 900_000),
    );
  });
});
