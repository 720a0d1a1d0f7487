// EventBridge Scheduler's role: invokes again whenever the last invocation has ended.
import { untilItSucceeds } from './retry';

export interface Scheduler {
  /** No further invocation; resolves when the one in hand has ended. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** A failed invocation, tried again after `waitMs`. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
  /** Doubled from failure to failure, up to 30 s. @default 1000 */
  readonly firstWaitMs?: number;
}

export function startScheduler({ invoke, onFailure, firstWaitMs = 1000 }: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) await untilItSucceeds(() => invoke({}), { signal, onFailure, firstWaitMs });
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
