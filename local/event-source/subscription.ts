// Which topics an event source reads: a list, or those of the cluster that match `topics.regex`, also later ones.
import type { KafkaConfig } from '../../src/config/model';
import type { SinkConfig } from '../../src/config/sink-model';
import { topicMatcher } from '../../src/config/topic-pattern';
import { withTopicAdmin } from '../../src/kafka/topic-admin';
import { pause } from '../retry';

/** A list, or a pattern in its place. */
export interface Reads {
  readonly kafka: KafkaConfig;
  readonly topics: readonly string[];
  readonly topicsRegex?: SinkConfig['topicsRegex'] | undefined;
}

interface Watch extends Reads {
  readonly signal: AbortSignal;
  readonly lookEveryMs: number;
  /** A look that failed; the next one is `waitMs` later. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
}

/** Kafka's `Topic.INTERNAL_TOPICS`: with `exclude.internal.topics`, Kafka's default, no pattern matches them. */
const INTERNAL: readonly string[] = ['__consumer_offsets', '__transaction_state', '__share_group_state'];

/** Of these topics. */
export function matching(all: readonly string[], topicsRegex: string): string[] {
  const matches = topicMatcher({ topics: [], topicsRegex });
  return all.filter((topic) => matches(topic) && !INTERNAL.includes(topic));
}

/** Throws the errors of `withTopicAdmin`. */
export async function topicsToRead({ kafka, topics, topicsRegex }: Reads): Promise<readonly string[]> {
  if (topicsRegex === undefined) return topics;
  return withTopicAdmin(kafka, async (admin) => matching(await admin.list(), topicsRegex));
}

/** Resolves when `topicsToRead` has other topics than these, or when the signal comes: for a list that alone. */
export async function otherTopicsToRead(topics: readonly string[], watch: Watch): Promise<void> {
  const { signal, lookEveryMs, onFailure } = watch;
  for (;;) {
    await pause(lookEveryMs, signal);
    if (signal.aborted) return;
    const now = await topicsToRead(watch).catch((error: unknown) => onFailure(error, lookEveryMs));
    if (now !== undefined && now.join() !== topics.join()) return;
  }
}
