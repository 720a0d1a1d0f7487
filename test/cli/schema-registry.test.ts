// `connectless schema-registry` as a process: where it listens, where its log is, how it stops.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openState } from '../../src/state/open';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'connectless-'));
});
afterAll(() => rm(directory, { recursive: true }));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['bin/connectless.cjs', 'schema-registry', ...args], { stdio: 'pipe' });
  children.push(child);
  return child;
}

/** The address that the process says it listens on. */
async function listening(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const url = /listens on (http:\S+);/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`it said ${said}`);
}

async function failure(...args: readonly string[]): Promise<{ status: unknown; said: string }> {
  const child = run(...args);
  const exited = once(child, 'exit');
  const said = child.stderr === null ? '' : await text(child.stderr);
  const [status] = await exited;
  return { status, said };
}

const register = (url: string, schema: string) =>
  fetch(`${url}/subjects/a/versions`, { method: 'POST', body: JSON.stringify({ schema }), headers: JSON_BODY });
const JSON_BODY = { 'content-type': 'application/json' };

describe('connectless schema-registry', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'serves the log of --state until %s',
    async (signal) => {
      const state = pathToFileURL(join(directory, signal)).href;
      const child = run('--state', state, '--port', '0');
      const url = await listening(child);
      expect(new URL(url).hostname).toBe('127.0.0.1');
      expect(await (await register(url, '"int"')).json()).toEqual({ id: 1 });
      const exited = once(child, 'exit');
      child.kill(signal);
      expect(await exited).toEqual([0, null]);
      expect(await (await openState(state)).list('')).toEqual(['registry/0000000001']);
    },
    60_000,
  );

  test("serves the worker's own log when the worker's converters name this very server", async () => {
    const worker = join(directory, 'worker.properties');
    const state = pathToFileURL(join(directory, 'worker-state')).href;
    const properties = [
      'bootstrap.servers=localhost:9092',
      'key.converter=io.confluent.connect.avro.AvroConverter',
      'key.converter.schema.registry.url=http://localhost:8081',
      'value.converter=io.confluent.connect.avro.AvroConverter',
      'value.converter.schema.registry.url=http://localhost:8081',
      `connectless.state.url=${state}`,
    ];
    await writeFile(worker, properties.join('\n'));
    const url = await listening(run('--worker', worker, '--port', '0'));
    await register(url, '"int"');
    expect(await (await openState(state)).list('')).toEqual(['registry/0000000001']);
  }, 60_000);

  test.each([
    [[], /add --worker connectors\/worker\.properties, or --state file:\/\/\/directory/],
    [['--port', '70000'], /write a number from 0 to 65535/],
    [['--state', '/tmp/x'], /write s3:\/\/bucket\/prefix, or file:\/\/\/directory/],
    [['--state', 'file:///x', '--worker', 'y'], /cannot be used with/],
  ])(
    '%j is refused with what to write',
    async (args, message) => {
      const { status, said } = await failure(...args);
      expect(said).toMatch(message);
      expect(status).toBe(1);
    },
    60_000,
  );
});
