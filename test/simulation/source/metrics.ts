// What the invocations of a schedule measure, held against what really happened.
import type { TopicLog } from '../../../src/kafka/topic-log';
import type { Metrics } from '../../../src/metrics/metrics';
import { METRICS } from '../../../src/names';
import type { VirtualClock } from '../virtual-clock';
import { seenIn } from './rows';

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

/** @param committedAt by a row's text, of all tables @param toleranceMs by which machines' clocks are apart */
export function sourceMetrics(
  committedAt: (text: string) => number | undefined,
  clock: VirtualClock,
  toleranceMs: number,
): SourceMetrics {
  const all = { counted: 0, pages: 0, waitedMs: 0 };
  const tooFresh: string[] = [];

  const fresh = (texts: readonly string[], said: number) => {
    all.pages += 1;
    for (const text of texts) {
      const age = clock.now() - (committedAt(text) ?? clock.now());
      if (age > said + toleranceMs) tooFresh.push(`row ${text} was committed ${age} ms ago, said were ${said}`);
    }
  };
  return {
    get counted() {
      return all.counted;
    },
    get pages() {
      return all.pages;
    },
    get waitedMs() {
      return all.waitedMs;
    },
    tooFresh,
    of: (log) => {
      let sent: readonly string[] = [];
      return {
        log: {
          ...log,
          append: (topic, messages) => {
            sent = messages.map(({ value }) => seenIn(value ?? Buffer.alloc(0)).text);
            return log.append(topic, messages);
          },
        },
        metrics: {
          add: (name, value) => {
            if (name === METRICS.sourceRows) all.counted += value;
            if (name === METRICS.sourceFenceWait) all.waitedMs += value;
            if (name === METRICS.sourceFreshness) fresh(sent, value);
          },
          since: () => undefined,
          flush: () => undefined,
        },
      };
    },
  };
}
