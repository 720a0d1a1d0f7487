// What a killed run leaves behind is ended by the next one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { processStart } from '../../../local/servers/process-start';
import { endLeftovers } from '../../../local/servers/run-records';
import { environment } from '../environment';

test('a Postgres whose owner was killed is found and ended, one whose owner lives is not', async () => {
  const owner = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'owner.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout, 'data');
  const { pid, directory } = JSON.parse(String(line));

  await endLeftovers(() => {});
  expect(processStart(pid)).toBeDefined();

  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(processStart(pid)).toBeDefined();

  const said: string[] = [];
  await endLeftovers((text) => said.push(text));
  expect(said).toEqual([`Ended Postgres (pid ${pid}), left behind by a run that was killed (pid ${owner.pid}).`]);
  expect(processStart(pid)).toBeUndefined();
  expect(existsSync(directory)).toBe(false);
  expect(environment().postgresUrl).toMatch(/^postgresql:/);
}, 60_000);
