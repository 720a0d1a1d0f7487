// What the invocations of a schedule measure, held against what really happened.
import { readLong } from '../../src/avro/varint';
import type { TopicLog } from '../../src/kafka/topic-log';
import type { Metrics } from '../../src/metrics/metrics';
import { METRICS } from '../../src/names';
import type { SourceTable } from './source-table';
import type { VirtualClock } from './virtual-clock';

export interface SourceMetrics {
  /** SourceRows of all invocations. */
  readonly counted: number;
  /** Pages of which SourceFreshness was said. */
  readonly pages: number;
  /** SourceFenceWait of all invocations. */
  readonly waitedMs: number;
  /** A page that was said to be fresher than its oldest row. */
  readonly tooFresh: readonly string[];
  /** Of one invocation, and its log, whose appends are noted. */
  of(log: TopicLog): { metrics: Metrics; log: TopicLog };
}

export function sourceMetrics({ committedAt }: SourceTable, clock: VirtualClock): SourceMetrics {
  let counted = 0;
  let pages = 0;
  let waitedMs = 0;
  const tooFresh: string[] = [];

  const fresh = (ids: readonly bigint[], said: number) => {
    pages += 1;
    for (const id of ids) {
      const age = clock.now() - (committedAt.get(id) ?? 0);
      if (age > said) tooFresh.push(`row ${id} was committed ${age} ms ago, said were ${said}`);
    }
  };
  return {
    get counted() {
      return counted;
    },
    get pages() {
      return pages;
    },
    get waitedMs() {
      return waitedMs;
    },
    tooFresh,
    of: (log) => {
      let sent: readonly bigint[] = [];
      return {
        log: {
          ...log,
          append: (topic, messages) => {
            sent = messages.map(({ value }) => idIn(value ?? Buffer.alloc(0)));
            return log.append(topic, messages);
          },
        },
        metrics: {
          add: (name, value) => {
            if (name === METRICS.sourceRows) counted += value;
            if (name === METRICS.sourceFenceWait) waitedMs += value;
            if (name === METRICS.sourceFreshness) fresh(sent, value);
          },
          since: () => undefined,
          flush: () => undefined,
        },
      };
    },
  };
}

/** Behind the wire header: null's union branch, the text and then the id. */
export function idIn(value: Buffer): bigint {
  const size = readLong(value, 6);
  const id = size && readLong(value, size.end + Number(size.value));
  if (id === undefined) throw new Error('a record that no row can be');
  return id.value;
}
