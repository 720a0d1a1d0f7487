// The requests to the state that the code makes, a month's, by S3's two prices.
import { factor, type Term } from './item';
import { PRICES } from './prices';

export interface StateRequests {
  /** GET. */
  readonly reads: number;
  /** PUT. */
  readonly writes: number;
  /** LIST, which costs as much as PUT. */
  readonly lists: number;
}

export function stateTerms({ reads, writes, lists }: StateRequests): readonly Term[] {
  return [
    { factors: [factor(writes, 'PUT')], price: PRICES.s3Put },
    { factors: [factor(lists, 'LIST')], price: PRICES.s3Put },
    { factors: [factor(reads, 'GET')], price: PRICES.s3Get },
  ];
}

/**
 * A source reads the cursor of each table once an invocation. A poll that finds rows writes before each page and behind the last. With the
 * built-in registry, an invocation that finds rows lists its log, reads its entries, and looks for one behind them.
 */
export function sourceRequests(work: {
  readonly invocations: number;
  readonly tables: number;
  /** Polls of a table that find rows. */
  readonly drains: number;
  readonly pagesEach: number;
  /** Absent: the registry is somebody else's. */
  readonly registryEntries?: number;
}): StateRequests {
  const { invocations, tables, drains, pagesEach, registryEntries } = work;
  const withRows = registryEntries === undefined ? 0 : Math.min(invocations, drains);
  return {
    reads: invocations * tables + withRows * ((registryEntries ?? 0) + 1),
    writes: drains * (pagesEach + 1),
    lists: withRows,
  };
}

/** A processor reads and writes its progress once for each partition of an event. */
export function processorRequests(partitionEvents: number): StateRequests {
  return { reads: partitionEvents, writes: partitionEvents, lists: 0 };
}

/**
 * A sink writes the open files of a partition with each event, and once more when a file was closed; it remembers what it wrote. A
 * flush lists the partitions and reads each.
 */
export function sinkRequests(work: {
  readonly partitionEvents: number;
  readonly files: number;
  readonly flushes: number;
  readonly partitions: number;
}): StateRequests {
  const { partitionEvents, files, flushes, partitions } = work;
  return {
    reads: flushes * partitions,
    writes: partitionEvents + Math.min(files, partitionEvents),
    lists: flushes,
  };
}
