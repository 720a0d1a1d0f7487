// A server's process, from its start to its end.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { processStart } from '../../../local/servers/process-start';
import { type ServerProcess, startServerProcess } from '../../../local/servers/server-process';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'connectless-test-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function node(program: string, isReady: ServerProcess['isReady']): ServerProcess {
  return { name: 'Test', url: '', command: process.execPath, args: ['-e', program], env: {}, directory, isReady };
}

test('stop ends the process and removes its folder; a second stop does nothing', async () => {
  const ready = async () => existsSync(join(directory, 'ready'));
  const server = await startServerProcess(
    node("require('fs').writeFileSync('ready', ''); setInterval(() => {}, 1000)", ready),
  );
  expect(processStart(server.pid)).toBeDefined();
  await server.stop();
  expect(processStart(server.pid)).toBeUndefined();
  expect(existsSync(directory)).toBe(false);
  await server.stop();
});

test('stop ends what the process has started, too', async () => {
  const child = join(directory, 'child');
  const starts = `const { pid } = require('child_process').spawn('sleep', ['1000']);
    require('fs').writeFileSync('child', String(pid)); setInterval(() => {}, 1000)`;
  const server = await startServerProcess({
    ...node(starts, async () => existsSync(child)),
    env: { PATH: process.env.PATH },
  });
  const pid = Number(readFileSync(child, 'utf8'));
  expect(processStart(pid)).toBeDefined();
  await server.stop();
  // The kernel carries a kill out a moment after it was asked to.
  while (processStart(pid) !== undefined) await setTimeout(10);
});

test('a server that ends at its start is reported with its log, which is kept', async () => {
  const server = node("console.error('port in use'); process.exitCode = 3", async () => false);
  const log = join(directory, 'test.log');
  await expect(startServerProcess(server)).rejects.toMatchObject({
    code: 'SERVER_START',
    message: `Test did not start: it ended with status 3. The end of its log, ${log}:\n    port in use`,
  });
  expect(existsSync(log)).toBe(true);
});

test('a command that cannot run is reported', async () => {
  const server = { ...node('', async () => true), command: join(directory, 'absent') };
  await expect(startServerProcess(server)).rejects.toMatchObject({ code: 'SERVER_START' });
});
