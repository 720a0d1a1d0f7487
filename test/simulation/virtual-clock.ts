// Time that passes only when nothing else is left to do.

export interface VirtualClock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until the promise is settled. Throws when nobody sleeps and it still is not. */
  run<Answer>(promise: Promise<Answer>): Promise<Answer>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function virtualClock(): VirtualClock {
  let now = 1_700_000_000_000;
  const sleepers: Sleeper[] = [];

  const wakeNext = () => {
    const at = Math.min(...sleepers.map((sleeper) => sleeper.at));
    const next = sleepers.findIndex((sleeper) => sleeper.at === at);
    const [sleeper] = sleepers.splice(next, 1);
    if (sleeper === undefined) throw new Error('everybody waits for somebody else');
    now = Math.max(now, sleeper.at);
    sleeper.wake();
  };

  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + Math.max(0, ms), wake })),
    run: async (promise) => {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      promise.then(settled, settled);
      for (;;) {
        // All that follows from an event without sleeping are microtasks.
        await new Promise(setImmediate);
        if (isSettled) return promise;
        wakeNext();
      }
    },
  };
}
