// Multipart uploads that no state knows: a writer died, or an answer was lost, between their start and the state.
import type { LimitFunction } from 'p-limit';
import type { SinkConfig } from '../config/sink-model';
import type { ObjectStore, OpenUpload } from '../s3/object-store';
import { type TopicPartition, topicPrefix } from './object-key';

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

interface Place {
  readonly config: SinkConfig;
  readonly objects: ObjectStore;
}

/** Old ones in the directories of these topics. */
export async function oldUploads({ config, objects }: Place, topics: ReadonlySet<string>): Promise<OpenUpload[]> {
  const found = await Promise.all([...topics].map((topic) => objects.uploads(topicPrefix(config, topic))));
  return found.flat().filter(({ ageMs }) => ageMs >= LEAST_AGE_MS);
}

/** What a connector's states say, read later than the uploads. */
export interface Known {
  /** Ids of uploads. */
  readonly uploads: Set<string>;
  /** By `topicPartition`: the first offset that was ever seen. */
  readonly first: Map<string, number>;
}

export function topicPartition({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/**
 * Of files that this connector may have begun: named as it names them, and not from before its first record, which another sink
 * of the topic, whose place this one took, may still be writing.
 */
export function orphansAmong(uploads: readonly OpenUpload[], config: Delimiters, known: Known): OpenUpload[] {
  return uploads.filter(({ key, id }) => {
    const file = fileOf(key, config);
    if (file === undefined || known.uploads.has(id)) return false;
    const first = known.first.get(topicPartition(file));
    return first !== undefined && file.offset >= first;
  });
}

type Delimiters = Pick<SinkConfig, 'directoryDelimiter' | 'fileDelimiter'>;

/** `…/prices+0+0000000042.avro`; a topic may have the delimiter in its name. */
function fileOf(key: string, { directoryDelimiter, fileDelimiter }: Delimiters) {
  const name = key.slice(key.lastIndexOf(directoryDelimiter) + directoryDelimiter.length);
  const parts = name.split(fileDelimiter);
  const [, offset] = /^(\d+)\./.exec(parts.pop() ?? '') ?? [];
  const partition = parts.pop() ?? '';
  if (offset === undefined || !/^\d+$/.test(partition)) return undefined;
  return { topic: parts.join(fileDelimiter), partition: Number(partition), offset: Number(offset) };
}

export async function abortAll(
  { objects, limit }: { readonly objects: ObjectStore; readonly limit: LimitFunction },
  uploads: readonly OpenUpload[],
): Promise<void> {
  await Promise.all(uploads.map(({ key, id }) => limit(() => objects.abortUpload(key, id))));
}
