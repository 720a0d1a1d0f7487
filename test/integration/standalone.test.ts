import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { projectRoot } from '../../local/servers/parts';
import { eventually } from './eventually';
import { type IsolatedPipeline, isolatedPipeline } from './isolated-pipeline';
import { withLog } from './with-log';

jest.setTimeout(400_000);

let pipeline: IsolatedPipeline;
let postgres: Client;
let rows = 0;
const started: ChildProcess[] = [];
const log: string[] = [];

beforeAll(async () => {
  pipeline = await isolatedPipeline();
  postgres = new Client({ connectionString: pipeline.databaseUrl });
  await postgres.connect();
  await postgres.query('CREATE TABLE prices(id SERIAL PRIMARY KEY, item VARCHAR(100) NOT NULL, price REAL NOT NULL)');
});

afterEach(() => {
  for (const child of started.splice(0)) if (groupOf(child).length > 0) signalGroup(child, 'SIGKILL');
});

afterAll(async () => {
  await postgres.end();
  await pipeline.close();
});

const logged = (name: string, body: () => Promise<void>) =>
  test(
    name,
    withLog(() => log, body),
  );
const file = (name: string) => join(pipeline.directory, name);

/** The command in a process group of its own, as a shell starts it. */
function standalone(...files: string[]) {
  const child = spawn(process.execPath, [join(projectRoot, 'bin/connectless.cjs'), 'standalone', ...files], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    output.stdout += data;
    log.push(...`${data}`.trimEnd().split('\n'));
  });
  child.stderr.on('data', (data) => {
    output.stderr += data;
    log.push(...`${data}`.trimEnd().split('\n'));
  });
  const ended = once(child, 'close').then(([status, signal]) => status ?? signal);
  return { child, output, ended };
}

const tutorialFiles = () =>
  ['worker.properties', 'connect-postgresql.properties', 'processor.properties', 's3-sink.properties'].map(file);

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

/** Processes of the command's group. */
function groupOf({ pid }: ChildProcess): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([one, group]) => (group === pid && one ? [one] : []));
}

/** The processes end by themselves, a moment after the command. */
async function nothingLeft(child: ChildProcess): Promise<void> {
  await eventually(
    async () => groupOf(child),
    (left) => left.length === 0,
    10_000,
  );
}

/** Three more rows, which make one more file. */
async function threeRowsArrive(): Promise<void> {
  await postgres.query("INSERT INTO prices(item, price) VALUES ('a', 1), ('b', 2), ('c', 3)");
  rows += 3;
  const ids = Array.from({ length: rows }, (_, index) => index + 1);
  const { files } = await eventually(pipeline.look, (seen) => seen.files.length >= rows);
  expect(files).toEqual(ids);
}

describe('connectless standalone', () => {
  logged('runs the tutorial’s files; Ctrl-C ends it with status 0 and leaves no process', async () => {
    const { child, output, ended } = standalone(...tutorialFiles());
    await threeRowsArrive();
    signalGroup(child, 'SIGINT');
    expect(await ended).toBe(0);
    await nothingLeft(child);
    expect(output.stderr).toContain('Finishing the batches in hand');
    const lines = output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ level }) => level === 'ERROR')).toEqual([]);
    expect(
      lines.filter(({ message }) => String(message).includes('worker.properties:') && message.includes('rest.port')),
    ).toHaveLength(1);
  });

  logged('goes on where it was ended, and takes SIGTERM as Ctrl-C', async () => {
    const { child, ended } = standalone(...tutorialFiles());
    await threeRowsArrive();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await nothingLeft(child);
  });

  logged('killed, leaves no process either, and its successor goes on', async () => {
    const { child, ended } = standalone(...tutorialFiles());
    await threeRowsArrive();
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    await nothingLeft(child);
    const successor = standalone(...tutorialFiles());
    await threeRowsArrive();
    successor.child.kill('SIGTERM');
    expect(await successor.ended).toBe(0);
  });

  logged('says what is wrong with the files, and nothing else', async () => {
    const { output, ended } = standalone(file('s3-sink.properties'), file('absent.properties'));
    expect(await ended).toBe(1);
    expect(output.stdout).toBe('');
    expect(output.stderr).toMatch(/absent\.properties: does not exist/);
    expect(output.stderr).toMatch(/s3-sink\.properties/);
    expect(output.stderr).not.toMatch(/^ {4}at /m);
  });
});
