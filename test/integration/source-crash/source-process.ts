// The source's function as a scheduler runs it on Lambda: invoked again and again, ended at its deadline, and killed or frozen in between.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runtimeEnvironment } from '../../../local/lambda/environment';
import { type Answer, type RuntimeProcess, startRuntime } from '../../../local/lambda/runtime-process';
import { messageOf } from '../../../src/errors';

export interface SourceFunction {
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface SourceProcess {
  /** Failures of invocations, by message. */
  readonly failures: ReadonlyMap<string, number>;
  readonly log: readonly string[];
  /** SIGKILL; false: there was no process. */
  kill(): boolean;
  /** SIGSTOP for so long; to the scheduler it is dead at its deadline, and another one takes its place. */
  freeze(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const MEMORY_MB = 512;
const AGAIN_MS = 50;
/** What a process that woke up behind its deadline is left to do harm in. */
const ZOMBIE_MS = 1000;

export function startSourceProcess(source: SourceFunction): SourceProcess {
  const failures = new Map<string, number>();
  const log: string[] = [];
  const one = runtimes(source, log);
  let isOver = false;
  const invoking = (async () => {
    while (!isOver) {
      try {
        await one.invoke();
      } catch (error) {
        failures.set(messageOf(error), (failures.get(messageOf(error)) ?? 0) + 1);
        await sleep(AGAIN_MS);
      }
    }
  })();
  return {
    failures,
    log,
    kill: () => signal(one.taken(), 'SIGKILL'),
    freeze: one.freeze,
    stop: async () => {
      isOver = true;
      await invoking;
      await one.taken()?.kill();
    },
  };
}

/** One process after the other, each for as long as it lives and keeps its deadlines. */
function runtimes(source: SourceFunction, log: string[]) {
  const { timeoutMs } = source;
  const frozen = new Set<RuntimeProcess>();
  let runtime: RuntimeProcess | undefined;

  const running = async (): Promise<RuntimeProcess> => {
    if (runtime?.alive) return runtime;
    const started = start(source, log);
    runtime = started;
    requireAnswer(await started.loaded());
    return started;
  };
  return {
    /** The one there is; the next invocation has another. */
    taken: () => {
      const mine = runtime;
      runtime = undefined;
      return mine;
    },
    invoke: async () => {
      const mine = await running();
      const late = sleep(timeoutMs, undefined, { ref: false });
      const answer = await Promise.race([mine.invoke(randomUUID(), '{}', Date.now() + timeoutMs), late]);
      if (answer !== undefined) return requireAnswer(answer);
      if (runtime === mine) runtime = undefined;
      if (!frozen.has(mine)) await mine.kill();
      throw new Error('timed out');
    },
    freeze: async (ms: number) => {
      const victim = runtime;
      if (victim === undefined || !signal(victim, 'SIGSTOP')) return;
      frozen.add(victim);
      await sleep(ms);
      signal(victim, 'SIGCONT');
      await sleep(ZOMBIE_MS);
      frozen.delete(victim);
      await victim.kill();
    },
  };
}

function start({ bundle, environment }: SourceFunction, log: string[]): RuntimeProcess {
  return startRuntime({
    bundle,
    environment: runtimeEnvironment({ name: 'source', bundle, memoryMb: MEMORY_MB }, environment),
    memoryMb: MEMORY_MB,
    onLine: (line) => log.push(line),
  });
}

function signal(runtime: RuntimeProcess | undefined, name: NodeJS.Signals): boolean {
  return runtime?.pid !== undefined && runtime.alive && process.kill(runtime.pid, name);
}

function requireAnswer(answer: Answer): void {
  if (answer.type === 'exit') throw new Error(answer.how);
  if (answer.type === 'error') throw new Error(answer.error.errorMessage);
}
