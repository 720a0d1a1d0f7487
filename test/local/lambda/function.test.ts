import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type FunctionOptions, type LambdaFunction, localFunction } from '../../../local/lambda/function';

const fixtures = join(__dirname, '../../fixtures/functions');
const running: LambdaFunction[] = [];

function functionOf(over: Partial<FunctionOptions> = {}): LambdaFunction & { lines: string[] } {
  const lines: string[] = [];
  const one = localFunction({
    name: 'prices',
    bundle: join(fixtures, 'index.js'),
    environment: {},
    timeoutMs: 60_000,
    memoryMb: 512,
    onLog: (line) => lines.push(line),
    ...over,
  });
  running.push(one);
  return { ...one, lines };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop(0)));
});

describe('an invocation', () => {
  test('passes event and answer on as JSON', async () => {
    const { invoke } = functionOf();
    const value = { text: 'Grüße', list: [1, null, 'x'], at: new Date(0) };
    expect(await invoke({ do: 'echo', value })).toEqual({ ...value, at: '1970-01-01T00:00:00.000Z' });
    expect(await invoke({ do: 'nothing' })).toBeNull();
  });

  test('finds the process of the one before', async () => {
    const { invoke } = functionOf();
    expect([await invoke({ do: 'count' }), await invoke({ do: 'count' })]).toEqual([1, 2]);
  });

  test('waits for the one in hand', async () => {
    const { invoke } = functionOf();
    const together = await Promise.all([1, 2, 3].map(() => invoke({ do: 'overlap' })));
    expect(together).toEqual([1, 1, 1]);
  });

  test('carries an event of 6 MB', async () => {
    const { invoke } = functionOf();
    const value = 'x'.repeat(6 * 1024 * 1024 - 100);
    expect(await invoke({ do: 'echo', value })).toBe(value);
  });

  test('has the context of Lambda', async () => {
    const { invoke } = functionOf({ timeoutMs: 45_000 });
    const context = await invoke({ do: 'context' });
    expect(context).toMatchObject({
      functionName: 'prices',
      functionVersion: '$LATEST',
      memoryLimitInMB: '512',
      logGroupName: '/aws/lambda/prices',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      invokedFunctionArn: expect.stringMatching(/^arn:aws:lambda:.*:function:prices$/),
      remaining: expect.any(Number),
    });
    const { remaining } = context as { remaining: number };
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(45_000);
  });

  test('hands on every line that the function writes', async () => {
    const { invoke, stop, lines } = functionOf();
    await invoke({ do: 'log' });
    await stop(1000);
    expect([...lines].sort()).toEqual(['one line to stderr', 'one line to stdout']);
  });
});

describe('the environment of a function', () => {
  test('is that of Lambda and what was given, not that of its parent', async () => {
    process.env.CONNECTLESS_TEST_SECRET = 'parent only';
    process.env.AWS_ENDPOINT_URL_TEST = 'http://127.0.0.1:1';
    try {
      const { invoke } = functionOf({ environment: { CONNECTLESS_WORKER: '/w.properties', ABSENT: undefined } });
      const environment = (await invoke({ do: 'environment' })) as Record<string, string>;
      const mine = Object.keys(environment).filter((key) => !/^(AWS_|LAMBDA_|NODE_CHANNEL)/.test(key));
      const inherited = ['HOME', 'LANG', 'NODE_EXTRA_CA_CERTS', 'PATH'];
      const allowed = ['CONNECTLESS_WORKER', 'POWERTOOLS_METRICS_DISABLED', 'TZ', '_HANDLER', ...inherited];
      expect(mine.filter((key) => !allowed.includes(key))).toEqual([]);
      expect(environment).toMatchObject({
        CONNECTLESS_WORKER: '/w.properties',
        AWS_ENDPOINT_URL_TEST: 'http://127.0.0.1:1',
        AWS_LAMBDA_FUNCTION_NAME: 'prices',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        LAMBDA_TASK_ROOT: fixtures,
        _HANDLER: 'index.handler',
        TZ: ':UTC',
      });
    } finally {
      delete process.env.CONNECTLESS_TEST_SECRET;
      delete process.env.AWS_ENDPOINT_URL_TEST;
    }
  });

  test('has metrics turned off, unless they are asked for', async () => {
    const metrics = async (given: Record<string, string>) => {
      const environment = await functionOf({ environment: given }).invoke({ do: 'environment' });
      return (environment as Record<string, string>).POWERTOOLS_METRICS_DISABLED;
    };
    expect(await metrics({})).toBe('true');
    expect(await metrics({ POWERTOOLS_METRICS_DISABLED: 'false' })).toBe('false');
  });

  test('bounds the heap by the memory of the function', async () => {
    expect(await functionOf({ memoryMb: 1000 }).invoke({ do: 'flags' })).toEqual(['--max-old-space-size=900']);
  });
});

describe('a handler that fails', () => {
  test('gives its error, and its process goes on', async () => {
    const { invoke } = functionOf();
    const pid = await invoke({ do: 'pid' });
    await expect(invoke({ do: 'fail' })).rejects.toMatchObject({
      code: 'FUNCTION_ERROR',
      message: 'the handler does not like it',
      retryable: true,
      cause: { errorType: 'TypeError', stackTrace: expect.arrayContaining([expect.stringContaining('index.js')]) },
    });
    await expect(invoke({ do: 'failWithText' })).rejects.toMatchObject({ message: 'only text' });
    expect(await invoke({ do: 'pid' })).toBe(pid);
  });

  test.each([
    ['crash', 'Runtime exited with error: signal: SIGKILL'],
    ['exit', 'Runtime exited with error: exit status 7'],
  ])('by %s fails the invocation, and the next one has a new process', async (how, message) => {
    const { invoke } = functionOf();
    const pid = await invoke({ do: 'pid' });
    await expect(invoke({ do: how })).rejects.toMatchObject({ code: 'FUNCTION_CRASHED', message });
    expect(await invoke({ do: 'pid' })).not.toBe(pid);
  });

  test('because its bundle cannot be loaded fails each invocation', async () => {
    const { invoke, lines } = functionOf({ bundle: join(fixtures, 'broken.js') });
    await expect(invoke({})).rejects.toMatchObject({ code: 'FUNCTION_CRASHED' });
    await expect(invoke({})).rejects.toMatchObject({ code: 'FUNCTION_CRASHED' });
    expect(lines.filter((line) => line.includes('this bundle is broken')).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the deadline', () => {
  test.each(['hang', 'block'])('kills a handler that does not end: %s', async (how) => {
    const { invoke } = functionOf({ timeoutMs: 300 });
    const pid = (await invoke({ do: 'pid' })) as number;
    await expect(invoke({ do: how })).rejects.toMatchObject({
      code: 'FUNCTION_TIMED_OUT',
      message: expect.stringMatching(/^Task timed out after \d+\.\d\d seconds$/),
    });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await invoke({ do: 'pid' })).not.toBe(pid);
  });

  test('told to be near, ends a handler that polls while it has time', async () => {
    const polling = promiseOfLine('polling');
    const { invoke, stop } = functionOf({ timeoutMs: 600_000, onLog: polling.onLog });
    const answer = invoke({ do: 'pollUntilShort', below: 2000 });
    await polling.seen;
    expect(await stop(600_000, 1500)).toBe(true);
    expect(await answer).toBe(true);
  });
});

describe('stop', () => {
  test('kills what does not end within the grace, and says so', async () => {
    const { invoke, stop } = functionOf();
    const pid = (await invoke({ do: 'pid' })) as number;
    const failed = expect(invoke({ do: 'hang' })).rejects.toMatchObject({ code: 'FUNCTION_TIMED_OUT' });
    await new Promise(setImmediate);
    expect(await stop(50)).toBe(false);
    await failed;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('fails what waits behind the invocation in hand, and everything after', async () => {
    const { invoke, stop } = functionOf();
    await invoke({ do: 'pid' });
    const inHand = invoke({ do: 'overlap' });
    const waiting = expect(invoke({ do: 'pid' })).rejects.toMatchObject({ code: 'FUNCTION_STOPPED' });
    await new Promise(setImmediate);
    expect(await stop(60_000)).toBe(true);
    expect(await inHand).toBe(1);
    await waiting;
    await expect(invoke({ do: 'pid' })).rejects.toMatchObject({ code: 'FUNCTION_STOPPED' });
  });

  test('called again moves the deadline further up', async () => {
    const hanging = functionOf({ timeoutMs: 600_000 });
    await hanging.invoke({ do: 'pid' });
    const failed = expect(hanging.invoke({ do: 'hang' })).rejects.toMatchObject({ code: 'FUNCTION_TIMED_OUT' });
    await new Promise(setImmediate);
    const patient = hanging.stop(600_000);
    expect(await hanging.stop(0)).toBe(false);
    expect(await patient).toBe(false);
    await failed;
  });
});

function promiseOfLine(wanted: string) {
  let onLog: (line: string) => void = () => {};
  const seen = new Promise<void>((resolve) => {
    onLog = (line) => {
      if (line === wanted) resolve();
    };
  });
  return { seen, onLog: (line: string) => onLog(line) };
}
