// Partition states that this process wrote last: as good as the store's until a write is refused.
import type { PartitionState } from './partition-state';

// Beside an event of 6 MB and what is made of it, a function of 256 MB has room for this.
const MOST_BYTES = 64 * 1024 * 1024;

/** A state and the version to replace it by; neither before the first record. */
export interface HeldState {
  readonly state: PartitionState | undefined;
  readonly version: string | undefined;
  /** Of its form in the store. */
  readonly bytes: number;
}

export interface HeldStates {
  /** Answers the state and forgets it: who fails half-way does not know what is in the store. */
  take(key: string): HeldState | undefined;
  put(key: string, held: HeldState): void;
}

/** Keeps the most recently used ones. */
export function heldStates(mostBytes = MOST_BYTES): HeldStates {
  const states = new Map<string, HeldState>();
  let bytes = 0;
  const take = (key: string) => {
    const held = states.get(key);
    if (states.delete(key)) bytes -= held?.bytes ?? 0;
    return held;
  };
  return {
    take,
    put: (key, held) => {
      take(key);
      states.set(key, held);
      bytes += held.bytes;
      for (const oldest of states.keys()) {
        if (bytes <= mostBytes) break;
        take(oldest);
      }
    },
  };
}
