// A bundle in Lambda's own runtime client, treated as Lambda does: initialised, invoked, killed at the deadline, started anew.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { runtimeEnvironment } from '../lambda/environment';
import { lambdaRuntime } from './installed';
import { type Invocation, type RuntimeApi, type RuntimeError, type Said, startRuntimeApi } from './runtime-api';

/** What becomes of an invocation. */
type Outcome =
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'error'; readonly error: RuntimeError }
  | Lost;

/** The process is gone. `misuse`: it said what has no place in the protocol at that moment. */
type Lost =
  | { readonly type: 'init-error'; readonly error: RuntimeError }
  | { readonly type: 'timed-out' }
  | { readonly type: 'exited'; readonly how: string }
  | { readonly type: 'misuse'; readonly what: string };

export interface HostedFunction {
  /** Loads the bundle, as the first invocation would do. Answers undefined when the handler is there. */
  init(): Promise<Outcome | undefined>;
  invoke(event: unknown, timeoutMs: number): Promise<Outcome>;
  /** How many processes have been started. */
  readonly starts: number;
  /** Each line that it wrote. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

export interface HostedFunctionOptions {
  readonly name: string;
  /** `index.js` in the directory of the function's code: `LAMBDA_TASK_ROOT`, and where it runs. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
}

/** Lambda's limit for loading the code of a function. */
const initTimeoutMs = 10_000;

interface Sandbox {
  readonly api: RuntimeApi;
  readonly exited: Promise<Lost>;
  kill(): Promise<void>;
}

export function hostedFunction(options: HostedFunctionOptions): HostedFunction {
  const log: string[] = [];
  let starts = 0;
  let sandbox: Sandbox | undefined;

  const stop = async () => {
    await sandbox?.kill();
    sandbox = undefined;
  };
  /** Undefined when the runtime asks for an invocation. */
  const ready = async (running: Sandbox): Promise<Lost | undefined> => {
    const said = await saidWithin(running, initTimeoutMs);
    if (said.type === 'ready') return undefined;
    await stop();
    return isLost(said) ? said : { type: 'misuse', what: said.type };
  };
  const init = async (): Promise<Lost | Sandbox> => {
    if (sandbox !== undefined) return sandbox;
    starts += 1;
    sandbox = await startSandbox(options, (line) => log.push(line));
    return (await ready(sandbox)) ?? sandbox;
  };

  return {
    async init() {
      const made = await init();
      return 'type' in made ? made : undefined;
    },
    async invoke(event, timeoutMs) {
      const running = await init();
      if ('type' in running) return running;
      running.api.hand(invocation(options.name, event, timeoutMs));
      const said = await saidWithin(running, timeoutMs);
      if (said.type === 'response' || said.type === 'error') {
        // A runtime that goes on asks for the next one.
        return (await ready(running)) ?? outcome(said);
      }
      await stop();
      return isLost(said) ? said : { type: 'misuse', what: said.type };
    },
    get starts() {
      return starts;
    },
    log,
    stop,
  };
}

/** The runtime's next word, unless it is gone or takes too long. */
async function saidWithin({ api, exited }: Sandbox, timeoutMs: number): Promise<Said | Lost> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Lost>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'timed-out' }), timeoutMs);
  });
  const said = await Promise.race([api.said(), exited, late]);
  clearTimeout(timer);
  return said;
}

function isLost(said: Said | Lost): said is Lost {
  return said.type !== 'ready' && said.type !== 'response' && said.type !== 'error';
}

function outcome(said: Extract<Said, { type: 'response' | 'error' }>): Outcome {
  return said.type === 'response' ? { type: 'result', result: JSON.parse(said.body) } : said;
}

function invocation(name: string, event: unknown, timeoutMs: number): Invocation {
  return {
    requestId: randomUUID(),
    event: JSON.stringify(event),
    deadline: Date.now() + timeoutMs,
    functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
  };
}

async function startSandbox(options: HostedFunctionOptions, onLine: (line: string) => void): Promise<Sandbox> {
  const { node, client } = lambdaRuntime();
  const api = await startRuntimeApi();
  const child = spawn(node, [`--max-old-space-size=${Math.floor(options.memoryMb * 0.9)}`, client], {
    cwd: dirname(options.bundle),
    env: {
      // On Lambda nobody reads the lines but CloudWatch.
      ...runtimeEnvironment(options, { POWERTOOLS_METRICS_DISABLED: 'false', ...options.environment }),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_RUNTIME_API: api.address,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  const exited = howItEnded(child);
  return {
    api,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
      await api.close();
    },
  };
}

async function howItEnded(child: ChildProcess): Promise<Lost> {
  const [status, signal] = await once(child, 'close');
  return { type: 'exited', how: signal ? `signal: ${signal}` : `exit status ${status}` };
}
