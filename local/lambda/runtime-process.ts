// One runtime process: spawned for a bundle, asked over IPC, ended by its pid.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What Lambda's Invoke answers when a handler throws. */
interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

/** The protocol is described in runtime.mjs. `exit` says how the process ended instead of answering. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly result: string }
  | { readonly type: 'error'; readonly error: FunctionError }
  | { readonly type: 'exit'; readonly how: string };

export interface RuntimeProcess {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** The first answer: `ready` once the bundle is loaded, or `exit`. */
  loaded(): Promise<Answer>;
  invoke(requestId: string, event: string, deadline: number): Promise<Answer>;
  moveDeadline(deadline: number): void;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

interface RuntimeOptions {
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memoryMb: number;
  readonly onLine: (line: string) => void;
}

export function startRuntime({ bundle, environment, memoryMb, onLine }: RuntimeOptions): RuntimeProcess {
  const child = fork(join(__dirname, 'runtime.mjs'), [bundle], {
    env: { ...environment },
    // A tenth is left for buffers, which are outside of the heap. The parent's own flags (a debugger, a loader) stay with it.
    execArgv: [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  forwardLines(child, onLine);
  let exit: Answer | undefined;
  // One asks at a time; answers are passed on by one listener, so that a process of a million invocations holds nothing.
  let answered: ((answer: Answer) => void) | undefined;
  const nextAnswer = () =>
    new Promise<Answer>((resolve) => {
      if (exit) resolve(exit);
      else answered = resolve;
    });
  const exited = howItEnded(child).then((how) => {
    exit = { type: 'exit', how };
    answered?.(exit);
  });
  child.on('message', (answer: Answer) => answered?.(answer));
  const loaded = nextAnswer();
  const send = (message: object) => {
    // A child that is gone answers by its exit.
    if (child.connected) child.send(message, () => {});
  };

  return {
    pid: child.pid,
    get alive() {
      return exit === undefined;
    },
    loaded: () => loaded,
    invoke(requestId, event, deadline) {
      send({ type: 'invoke', requestId, event, deadline });
      return nextAnswer();
    },
    moveDeadline: (deadline) => send({ type: 'deadline', deadline }),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', onLine);
}

/** Resolves once the process is gone and all that it wrote has been read. */
function howItEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(signal ? `signal: ${signal}` : `exit status ${status}`));
  });
}
