// Which records of a fetch are none, because their transaction was aborted.

export interface AbortedTransaction {
  readonly producerId: string;
  readonly firstOffset: string;
}

interface InTransaction {
  readonly offset: string;
  readonly isControlRecord?: boolean;
  readonly batchContext?: { readonly producerId?: string; readonly inTransaction?: boolean };
}

/**
 * A read-committed fetch answers aborted records, too, and a list that says whose they are: from its first offset on the producer's
 * are aborted, up to its next marker.
 */
export function withoutAborted<Fetched extends InTransaction>(
  records: readonly Fetched[],
  aborted: readonly AbortedTransaction[],
): readonly Fetched[] {
  if (aborted.length === 0) return records;
  const ahead = [...aborted].sort((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  const producers = new Set<string>();
  return records.filter(({ offset, isControlRecord, batchContext }) => {
    while (Number(ahead[0]?.firstOffset ?? Number.POSITIVE_INFINITY) <= Number(offset)) {
      producers.add(ahead.shift()?.producerId ?? '');
    }
    const { producerId = '', inTransaction = false } = batchContext ?? {};
    if (isControlRecord) producers.delete(producerId);
    return isControlRecord || !(inTransaction && producers.has(producerId));
  });
}
