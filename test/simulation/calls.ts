// Holds every call of a store until the simulation lets it happen, and decides how it ends.
import { ConnectlessError } from '../../src/errors';
import type { Random } from './random';

/**
 * `crash`: the process dies before or after the effect. `fail`: the request fails, having had its effect or not. `twice`: the answer is lost
 * and the request is sent again later.
 */
export type Fate = 'go' | 'crash-before' | 'crash-after' | 'fail-before' | 'fail-after' | 'twice';

interface PendingCall {
  readonly worker: number;
  readonly label: string;
  carryOut(fate: Fate): Promise<void>;
}

export interface Calls {
  /** The same store, its calls made by this worker. */
  by<Store extends object>(worker: number, store: Store): Store;
  /** One pending call of these workers, taken out. */
  take(random: Random, workers: ReadonlySet<number>): PendingCall | undefined;
  /** What this worker waits for. */
  waitingFor(worker: number): readonly string[];
  /** A dead process's calls never happen, and are never answered. */
  forget(worker: number): void;
}

interface Ended {
  readonly effect: () => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly fail: () => void;
  readonly again: () => void;
}

const endings: Readonly<Record<Fate, (call: Ended) => Promise<void>>> = {
  go: async ({ effect, resolve }) => resolve(await effect()),
  'crash-before': async () => {},
  'crash-after': async ({ effect }) => void (await effect()),
  'fail-before': async ({ fail }) => fail(),
  'fail-after': async ({ effect, fail }) => {
    await effect();
    fail();
  },
  twice: async ({ effect, again }) => {
    await effect();
    again();
  },
};

export function calls(): Calls {
  let pending: PendingCall[] = [];

  const enqueue = (worker: number, label: string, effect: () => unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(failure(label));
      const again = () => void enqueue(worker, `${label}, again`, effect).then(resolve, reject);
      pending.push({ worker, label, carryOut: (fate) => endings[fate]({ effect, resolve, fail, again }) });
    });

  return {
    by: (worker, store) =>
      new Proxy(store, {
        get: (target, name) => {
          const method: unknown = Reflect.get(target, name);
          if (typeof method !== 'function') return method;
          return (...args: unknown[]) =>
            enqueue(worker, `${String(name)} ${String(args[0])}`, () => Reflect.apply(method, target, args));
        },
      }),
    take: (random, workers) => {
      const candidates = pending.filter(({ worker }) => workers.has(worker));
      const call = candidates[random.integer(0, candidates.length - 1)];
      pending = pending.filter((other) => other !== call);
      return call;
    },
    waitingFor: (one) => pending.filter(({ worker }) => worker === one).map(({ label }) => label),
    forget: (gone) => {
      pending = pending.filter(({ worker }) => worker !== gone);
    },
  };
}

/** Told from the sink's own errors, which a schedule must never meet. */
export const INJECTED = 'INJECTED';

export function failure(label: string): ConnectlessError {
  return new ConnectlessError(INJECTED, `${label} failed`, { retryable: true });
}
