// EventBridge Scheduler's role: invokes at a rate, one invocation at a time.
import { pause, untilItSucceeds } from './retry';

export interface Scheduler {
  /** No further invocation; resolves when the one in hand has ended. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** From one start to the next, at least. An invocation that lasts longer is followed by the next one at once. */
  readonly everyMs: number;
  /** A failed invocation, tried again after `waitMs`. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
  /** Doubled from failure to failure, up to 30 s. @default 1000 */
  readonly firstWaitMs?: number;
}

export function startScheduler({ invoke, everyMs, onFailure, firstWaitMs = 1000 }: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      let started = 0;
      const attempt = () => {
        started = Date.now();
        return invoke({});
      };
      await untilItSucceeds(attempt, { signal, onFailure, firstWaitMs });
      await pause(untilNextStart(started, Date.now(), everyMs), signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Milliseconds. */
export function untilNextStart(started: number, now: number, everyMs: number): number {
  return Math.max(0, started + everyMs - now);
}
