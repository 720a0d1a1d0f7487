// Multipart uploads that no state knows: a writer died, or an answer was lost, between their start and the state.
import type { SinkConfig } from '../config/model';
import type { OpenUpload } from '../s3/object-store';
import { topicPrefix } from './object-key';
import type { Sink } from './sink';

// No invocation lives so long: what its state does not know by then, it never will.
const LEAST_AGE_MS = 60 * 60 * 1000;

/** Whether an hour has passed since it last said so; true at first. */
export function hourly(): (now: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now - last < LEAST_AGE_MS) return false;
    last = now;
    return true;
  };
}

/** Aborts them, in the directories of these topics. @param known ids of the uploads in the connector's states, read before */
export async function abortOrphans(sink: Sink, topics: ReadonlySet<string>, known: ReadonlySet<string>): Promise<void> {
  const { config, objects, limit } = sink;
  const now = sink.now();
  for (const topic of topics) {
    const uploads = await objects.uploads(topicPrefix(config, topic));
    const orphans = orphansAmong(uploads, { config, topic, known, now });
    await Promise.all(orphans.map(({ key, id }) => limit(() => objects.abortUpload(key, id))));
  }
}

interface Search {
  readonly config: Pick<SinkConfig, 'directoryDelimiter' | 'fileDelimiter'>;
  readonly topic: string;
  readonly known: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Of files that are named as the sink names them. */
export function orphansAmong(uploads: readonly OpenUpload[], { config, topic, known, now }: Search): OpenUpload[] {
  const { directoryDelimiter, fileDelimiter } = config;
  return uploads.filter(({ key, id, startedAt }) => {
    const name = key.slice(key.lastIndexOf(directoryDelimiter) + directoryDelimiter.length);
    return name.startsWith(`${topic}${fileDelimiter}`) && !known.has(id) && now - startedAt >= LEAST_AGE_MS;
  });
}
