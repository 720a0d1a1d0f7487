// A function as Lambda runs it: one invocation at a time in a process that lives on, dies at the deadline, and is started anew.
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { ConnectlessError } from '../../src/errors';
import { type Deadline, deadlineOf } from './deadline';
import { runtimeEnvironment } from './environment';
import { type Answer, type RuntimeProcess, startRuntime } from './runtime-process';

export interface LambdaFunction {
  readonly name: string;
  /**
   * The handler's answer. Throws ConnectlessError `FUNCTION_ERROR` (the handler threw; `cause` is Lambda's error answer),
   * `FUNCTION_TIMED_OUT`, `FUNCTION_CRASHED` or `FUNCTION_STOPPED`; the first three are retryable.
   */
  invoke(event: unknown): Promise<unknown>;
  /**
   * Moves the deadline of the invocation in hand up to now + `graceMs`, waits for it, then ends the process; `invoke` fails
   * from now on. Answers whether the invocation could finish. Called again, it may move the deadline further up.
   * `toldMs`, when it is less, is what the handler is told to have left: one that polls until its time is short ends soon.
   */
  stop(graceMs: number, toldMs?: number): Promise<boolean>;
}

export interface FunctionOptions {
  readonly name: string;
  /** Path of a CommonJS file that exports `handler`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Each line that the function writes to stdout or stderr. */
  readonly onLog: (line: string, functionName: string) => void;
}

/** Lambda's limit for loading the code of a function; what takes longer is loaded anew, within the function's own timeout. */
const initTimeoutMs = 10_000;

export function localFunction(options: FunctionOptions): LambdaFunction {
  const oneAtATime = pLimit(1);
  let runtime: RuntimeProcess | undefined;
  let inHand: Deadline | undefined;
  let stopping = false;

  const ask = async (running: RuntimeProcess, timeoutMs: number, question: (deadline: Deadline) => Promise<Answer>) => {
    const deadline = deadlineOf(running, timeoutMs);
    inHand = deadline;
    const answer = await question(deadline);
    deadline.end();
    inHand = undefined;
    if (deadline.passed) throw timedOut(deadline);
    if (answer.type === 'exit') throw crashed(answer.how);
    if (answer.type === 'error') throw failed(answer.error);
    return answer;
  };

  const invoke = async (event: unknown): Promise<unknown> => {
    if (stopping) throw stopped();
    const payload = JSON.stringify(event);
    if (!runtime?.alive) {
      const started = startFor(options);
      runtime = started;
      await ask(started, Math.max(initTimeoutMs, options.timeoutMs), () => started.loaded());
      if (stopping) throw stopped();
    }
    const running = runtime;
    const answer = await ask(running, options.timeoutMs, (deadline) =>
      running.invoke(randomUUID(), payload, deadline.at),
    );
    return answer.type === 'result' ? JSON.parse(answer.result) : undefined;
  };

  return {
    name: options.name,
    invoke: (event) => oneAtATime(invoke, event),
    async stop(graceMs, toldMs = graceMs) {
      stopping = true;
      const last = inHand;
      last?.moveUp(graceMs, toldMs);
      // Its turn comes after the invocation in hand and after those that wait, which fail at once.
      await oneAtATime(async () => runtime?.kill());
      return !last?.passed;
    },
  };
}

function startFor(options: FunctionOptions): RuntimeProcess {
  return startRuntime({
    bundle: options.bundle,
    environment: runtimeEnvironment(options, options.environment),
    memoryMb: options.memoryMb,
    onLine: (line) => options.onLog(line, options.name),
  });
}

function timedOut(deadline: Deadline): ConnectlessError {
  const message = `Task timed out after ${deadline.elapsed()} seconds`;
  return new ConnectlessError('FUNCTION_TIMED_OUT', message, { retryable: true });
}

function crashed(how: string): ConnectlessError {
  return new ConnectlessError('FUNCTION_CRASHED', `Runtime exited with error: ${how}`, { retryable: true });
}

function failed(error: { errorMessage: string }): ConnectlessError {
  return new ConnectlessError('FUNCTION_ERROR', error.errorMessage, { retryable: true, cause: error });
}

function stopped(): ConnectlessError {
  return new ConnectlessError('FUNCTION_STOPPED', 'The function is being stopped');
}
