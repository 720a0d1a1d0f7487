// The time that an invocation has: when it has passed, the process is killed.
import type { RuntimeProcess } from './runtime-process';

export interface Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly passed: boolean;
  /** Seconds since the start, as Lambda writes them. */
  elapsed(): string;
  /** To now + `ms`, unless it is earlier already; `getRemainingTimeInMillis` answers as if it were now + `toldMs`. */
  moveUp(ms: number, toldMs: number): void;
  end(): void;
}

export function deadlineOf(runtime: RuntimeProcess, timeoutMs: number): Deadline {
  const start = Date.now();
  let at = start + timeoutMs;
  let passed = false;
  const kill = () => {
    passed = true;
    void runtime.kill();
  };
  let timer = setTimeout(kill, timeoutMs);

  return {
    get at() {
      return at;
    },
    get passed() {
      return passed;
    },
    elapsed: () => ((Date.now() - start) / 1000).toFixed(2),
    moveUp(ms, toldMs) {
      at = Math.min(at, Date.now() + ms);
      clearTimeout(timer);
      timer = setTimeout(kill, at - Date.now());
      runtime.moveDeadline(Math.min(at, Date.now() + toldMs));
    },
    end: () => clearTimeout(timer),
  };
}
