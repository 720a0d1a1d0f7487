// When a range of ids is final: what to do after a look at the fence.

/** A transaction that may have drawn an id and has not ended. A prepared one has no pid. */
export interface Holder {
  readonly pid: number | undefined;
  /** pg_locks.virtualtransaction: no other transaction has it as long as the server runs. */
  readonly virtualTransaction: string;
}

export interface FenceReading {
  /** No id above it has been drawn; undefined when the table is empty and has no sequence. */
  readonly top: bigint | undefined;
  /** The largest id in the table, from before `top` was read; absent when `top` is that. */
  readonly highest?: bigint;
  /** Where `top` is from: the sequence's last_value, or the largest id in the table. */
  readonly from: 'sequence' | 'table';
  /** Noted after `top` was read, so that whoever drew an id up to it is either here or has ended. */
  readonly holders: readonly Holder[];
}

export type Decision =
  /** Nothing that has not been read. */
  | { readonly kind: 'idle' }
  /** The sequence is below the cursor: somebody set it back. */
  | { readonly kind: 'set-back'; readonly top: bigint }
  /** These may still commit rows up to `through`. */
  | { readonly kind: 'wait'; readonly holders: readonly Holder[]; readonly through: bigint }
  /** Every row up to `through` that will ever be is there. */
  | { readonly kind: 'read'; readonly through: bigint };

/**
 * `cursor` is the last id in the topic; `drained` the end of the range that was read last: above the cursor when its last
 * ids were rolled back, which no look at the table needs to find out twice.
 */
export function decide(reading: FenceReading, cursor: bigint | undefined, drained: bigint | undefined): Decision {
  const { top, holders } = reading;
  if (top === undefined || top === drained) return { kind: 'idle' };
  if (cursor !== undefined && top <= cursor) {
    return top < cursor && reading.from === 'sequence' ? { kind: 'set-back', top } : { kind: 'idle' };
  }
  if (holders.length > 0) return { kind: 'wait', holders, through: top };
  return { kind: 'read', through: top };
}

/**
 * Which of those that were waited for are still to be waited for. Whoever came later drew larger ids, and does not
 * count; but before Postgres 14 a transaction that is prepared goes on under another name, so when one with a pid is
 * gone, every prepared one that is there may be it.
 */
export function stillHeld(waitedFor: readonly Holder[], now: readonly Holder[]): readonly Holder[] {
  const names = new Set(waitedFor.map(({ virtualTransaction }) => virtualTransaction));
  const present = new Set(now.map(({ virtualTransaction }) => virtualTransaction));
  const oneIsGone = waitedFor.some((holder) => holder.pid !== undefined && !present.has(holder.virtualTransaction));
  return now.filter((holder) => names.has(holder.virtualTransaction) || (oneIsGone && holder.pid === undefined));
}
