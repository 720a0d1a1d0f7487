// What has been read and is not delivered yet: filled by the consumer, emptied batch by batch, dropped when the group rebalances.
import { EventEmitter } from 'node:events';
import { type ConsumedRecord, firstBatch, lambdaLimits, type Origin, recordBytes } from './batch';

export interface Batch {
  readonly records: readonly ConsumedRecord[];
  /** Aborted when the batch is not to be tried again: it may belong to another member by now, or the inbox is closed. */
  readonly over: AbortSignal;
  /** It may belong to another member: its offsets must not be committed any more. */
  revoked(): boolean;
}

export interface Inbox {
  add(records: readonly ConsumedRecord[]): void;
  /** A whole event waits: reading on would only take memory. False once closed, so that nobody waits for it. */
  full(): boolean;
  /** Resolves at the next change, or after `ms`. */
  changed(ms?: number): Promise<void>;
  /**
   * The next event's records: as soon as it is full, or when the batching window has passed since the first was there.
   * `undefined` when the inbox is closed. Rejects as `firstBatch` throws.
   */
  take(): Promise<Batch | undefined>;
  /** Drops everything, and revokes the batch that was taken. */
  revoke(): void;
  close(): void;
}

export function createInbox(origin: Origin, batchingWindowMs: number): Inbox {
  const changes = new EventEmitter().setMaxListeners(0);
  const pending: ConsumedRecord[] = [];
  let bytes = 0;
  // When the first of them came, or the last batch was taken from before it.
  let since = 0;
  let closed = false;
  let generation = newGeneration();

  const full = () => !closed && (pending.length >= lambdaLimits.maxRecords || bytes >= lambdaLimits.maxBytes);
  const changed = (ms?: number) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(done, ms);
      changes.once('change', done);
      function done() {
        clearTimeout(timer);
        changes.off('change', done);
        resolve();
      }
    });
  const windowOver = async () => {
    while (pending.length === 0 && !closed) await changed();
    const end = since + batchingWindowMs;
    while (!full() && !closed && Date.now() < end) await changed(end - Date.now());
  };
  const removeFirst = (count: number): ConsumedRecord[] => {
    const removed = pending.splice(0, count);
    for (const record of removed) bytes -= recordBytes(record);
    since = Date.now();
    changes.emit('change');
    return removed;
  };

  return {
    full,
    changed,
    add(records) {
      if (pending.length === 0) since = Date.now();
      for (const record of records) {
        pending.push(record);
        bytes += recordBytes(record);
      }
      changes.emit('change');
    },
    async take() {
      // Empty after the window when the group rebalanced meanwhile.
      do await windowOver();
      while (pending.length === 0 && !closed);
      return closed ? undefined : { ...generation.batchSigns, records: removeFirst(firstBatch(pending, origin)) };
    },
    revoke() {
      generation.revoke();
      generation = newGeneration();
      removeFirst(pending.length);
    },
    close() {
      closed = true;
      generation.abandon();
      changes.emit('change');
    },
  };
}

/** What was read between two rebalances shares one fate. */
function newGeneration() {
  const abandon = new AbortController();
  let revoked = false;
  return {
    batchSigns: { over: abandon.signal, revoked: () => revoked },
    abandon: () => abandon.abort(),
    revoke() {
      revoked = true;
      abandon.abort();
    },
  };
}
