import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type HostedFunction, hostedFunction } from '../../local/lambda-runtime/hosted-function';

const running: HostedFunction[] = [];
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

async function hosted(code: string): Promise<HostedFunction> {
  const bundle = join(await mkdtemp(join(tmpdir(), 'connectless-hosted-')), 'index.js');
  await writeFile(bundle, code);
  const one = hostedFunction({ name: 'some', bundle, environment: {}, memoryMb: 128 });
  running.push(one);
  return one;
}

describe('a function in Lambda’s runtime client', () => {
  test('runs on Lambda’s Node, in the directory of its code, and knows its deadline', async () => {
    const { invoke } = await hosted(`exports.handler = async (event, context) => ({
      event, node: process.versions.node, cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT,
      runtime: process.env.AWS_EXECUTION_ENV, left: context.getRemainingTimeInMillis(), name: context.functionName,
    })`);
    const { result } = (await invoke({ some: 'event' }, 5000)) as { result: Record<string, unknown> };
    expect(result).toMatchObject({
      event: { some: 'event' },
      node: expect.stringMatching(/^24\./),
      cwd: true,
      runtime: 'AWS_Lambda_nodejs24.x',
      name: 'some',
    });
    expect(result.left).toBeGreaterThan(0);
    expect(result.left).toBeLessThanOrEqual(5000);
  });

  test('that cannot be loaded says so each time', async () => {
    const broken = await hosted('throw new TypeError("this bundle is broken")');
    const failed = { type: 'init-error', error: { errorType: 'TypeError', errorMessage: 'this bundle is broken' } };
    expect(await broken.init()).toMatchObject(failed);
    expect(await broken.invoke({}, 5000)).toMatchObject(failed);
    expect(broken.starts).toBe(2);
  });

  test('that ends its process is started anew', async () => {
    const ending = await hosted('exports.handler = async ({ status }) => { if (status) process.exit(status); }');
    expect(await ending.invoke({ status: 7 }, 5000)).toEqual({ type: 'exited', how: 'exit status 7' });
    expect(await ending.invoke({}, 5000)).toEqual({ type: 'result', result: null });
    expect(ending.starts).toBe(2);
  });

  test('that never ends is killed, even when it lets nothing else run', async () => {
    const busy = await hosted('exports.handler = async ({ busy }) => { while (busy); return process.pid; }');
    const { result: pid } = (await busy.invoke({}, 5000)) as { result: number };
    expect(await busy.invoke({ busy: true }, 500)).toEqual({ type: 'timed-out' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await busy.invoke({}, 5000)).toMatchObject({ type: 'result' });
  });
});
