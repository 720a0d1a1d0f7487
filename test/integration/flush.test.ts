// What closes files that flush.size leaves open: the schedule of `connectless standalone`, and `connectless flush`.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import type { Overrides } from '../../local/demo/connector-files';
import { projectRoot } from '../../local/servers/parts';
import type { Standalone } from '../../local/standalone';
import { eventually } from './eventually';
import { type IsolatedPipeline, isolatedPipeline } from './isolated-pipeline';
import { withLog } from './with-log';

jest.setTimeout(400_000);

const ids = [1, 2, 3, 4];
let pipeline: IsolatedPipeline | undefined;
let standalone: Standalone | undefined;
afterEach(async () => {
  await standalone?.stop(20_000);
  await pipeline?.close();
});

/** A pipeline with four rows on their way into a file of a thousand. */
async function running(sink: Overrides): Promise<IsolatedPipeline> {
  const made = await isolatedPipeline({ sink: { 'flush.size': '1000', ...sink } });
  pipeline = made;
  const postgres = new Client({ connectionString: made.databaseUrl });
  await postgres.connect();
  await postgres.query('CREATE TABLE prices(id serial PRIMARY KEY, item text NOT NULL, price real NOT NULL)');
  await postgres.query("INSERT INTO prices(item, price) SELECT 'x', n FROM generate_series(1, $1) n", [ids.length]);
  await postgres.end();
  standalone = await made.start();
  return made;
}

const logged = (name: string, body: () => Promise<void>) =>
  test(
    name,
    withLog(() => pipeline?.log ?? [], body),
  );

describe('a file that flush.size leaves open', () => {
  logged('is closed by the schedule when connectless.rotate.idle.ms has passed', async () => {
    const { look, log } = await running({ 'connectless.rotate.idle.ms': '1000' });
    const { files } = await eventually(look, (seen) => seen.files.length >= ids.length);
    expect(files).toEqual(ids);
    expect(log.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
  });

  logged('is closed by connectless flush, while the sink runs', async () => {
    const { look, sinkName, workerFile, connectorFiles } = await running({});
    const flush = [join(projectRoot, 'bin/connectless.cjs'), 'flush', sinkName, workerFile, ...connectorFiles];
    const said: string[] = [];
    // It closes what the sink has taken by then.
    const { files } = await eventually(
      async () => {
        said.push((await promisify(execFile)(process.execPath, flush)).stdout);
        return look();
      },
      (seen) => seen.files.length >= ids.length,
    );
    expect(files).toEqual(ids);
    expect(said.at(-1)).toContain(`${sinkName}: files closed: 1.`);
  });
});
