// The sink's function as Lambda runs it, in a process that can be killed and frozen at any moment.
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { runtimeEnvironment } from '../../../local/lambda/environment';
import { type Answer, type RuntimeProcess, startRuntime } from '../../../local/lambda/runtime-process';
import type { SinkSite } from './sink-site';

export interface SinkProcess {
  /** Starts a process when there is none. Throws when the handler does, and when the process dies. */
  invoke(event: unknown): Promise<void>;
  /** Whether an invocation is in hand, its process' start included. */
  busy(): boolean;
  /** Sends the signal; false: there was no process. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean;
  end(): Promise<void>;
}

const memoryMb = 1024;
/** Nobody kills these at a deadline: a run that hangs ends by its own. */
const deadlineMs = 900_000;

export function sinkProcess(site: SinkSite, name: string, log: string[] = []): SinkProcess {
  const oneAtATime = pLimit(1);
  const { bundle } = site.function;
  let runtime: RuntimeProcess | undefined;
  let busy = false;

  const running = async (): Promise<RuntimeProcess> => {
    if (runtime?.alive) return runtime;
    const started = startRuntime({
      bundle,
      environment: runtimeEnvironment({ name, bundle, memoryMb }, site.function.environment),
      memoryMb,
      onLine: (line) => log.push(`${name}: ${line}`),
    });
    runtime = started;
    requireAnswer(await started.loaded());
    return started;
  };
  const invoke = async (event: unknown): Promise<void> => {
    busy = true;
    try {
      const process = await running();
      requireAnswer(await process.invoke(randomUUID(), JSON.stringify(event), Date.now() + deadlineMs));
    } finally {
      busy = false;
    }
  };
  return {
    invoke: (event) => oneAtATime(invoke, event),
    busy: () => busy,
    signal: (signal) => runtime?.pid !== undefined && runtime.alive && process.kill(runtime.pid, signal),
    end: async () => runtime?.kill(),
  };
}

function requireAnswer(answer: Answer): void {
  if (answer.type === 'exit') throw new Error(answer.how);
  if (answer.type === 'error') throw new Error(`${answer.error.errorMessage}`);
}
