import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const runtime = join(__dirname, '../../../local/lambda/runtime.mjs');
const bundle = join(__dirname, '../../fixtures/functions/index.js');

test('a runtime outlives the signals of a terminal and ends when its parent is gone', async () => {
  const child = fork(runtime, [bundle], { serialization: 'advanced', stdio: 'ignore', execArgv: [] });
  await once(child, 'message');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  child.send({ type: 'invoke', requestId: '1', event: '{"do":"echo","value":"alive"}', deadline: 0 });
  expect(await once(child, 'message')).toEqual([{ type: 'result', result: '"alive"' }, undefined]);
  const exited = once(child, 'exit');
  child.send({ type: 'invoke', requestId: '2', event: '{"do":"hang"}', deadline: 0 });
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});
