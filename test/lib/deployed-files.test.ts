// The property files that reach AWS: each function's own loader accepts them, with the environment that the function gets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { loadConnector, loadWorker } from '../../src/config/load';
import { configurationNames } from './synthesis/configurations';
import { type Deployed, deployedFunctions } from './synthesis/deployed';
import { SYNTHESIS_TIMEOUT_MS, synthesis } from './synthesis/synthesis';

const readSecret = async () => new Map([...['username', 'password', 'userInfo']].map((key) => [key, `the:${key}`]));

async function load({ kind, environment, files }: Deployed) {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-task-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, 'latin1');
    const env = { ...environment, LAMBDA_TASK_ROOT: directory, AWS_REGION: 'eu-central-1' };
    if (kind === 'registry' || kind === 'topics') return { worker: await loadWorker(readSecret, env) };
    return await loadConnector(kind, readSecret, env);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

beforeAll(() => synthesis('defaults'), SYNTHESIS_TIMEOUT_MS);

test.each(configurationNames)('%s: every function can load its files', async (name) => {
  const functions = deployedFunctions(await synthesis(name));
  expect(functions.length).toBeGreaterThan(1);
  for (const deployed of functions) await load(deployed);
});
