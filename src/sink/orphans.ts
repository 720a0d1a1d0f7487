// Multipart uploads that no state knows: a writer died, or an answer was lost, between their start and the state.
import type { LimitFunction } from 'p-limit';
import type { SinkConfig } from '../config/model';
import type { ObjectStore, OpenUpload } from '../s3/object-store';
import { topicPrefix } from './object-key';

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

/** Old ones in the directories of these topics, of files that are named as the sink names them. */
export async function oldUploads({ config, objects }: Place, topics: ReadonlySet<string>): Promise<OpenUpload[]> {
  const found = await Promise.all(
    [...topics].map(async (topic) => {
      const uploads = await objects.uploads(topicPrefix(config, topic));
      return uploads.filter((upload) => upload.ageMs >= LEAST_AGE_MS && isOurs(config, topic, upload));
    }),
  );
  return found.flat();
}

type Delimiters = Pick<SinkConfig, 'directoryDelimiter' | 'fileDelimiter'>;

function isOurs({ directoryDelimiter, fileDelimiter }: Delimiters, topic: string, { key }: OpenUpload): boolean {
  const name = key.slice(key.lastIndexOf(directoryDelimiter) + directoryDelimiter.length);
  return name.startsWith(`${topic}${fileDelimiter}`);
}

/** Aborts those that are not known. @param known ids of the uploads in the connector's states, read later than the uploads */
export async function abortOrphans(
  { objects, limit }: { readonly objects: ObjectStore; readonly limit: LimitFunction },
  uploads: readonly OpenUpload[],
  known: ReadonlySet<string>,
): Promise<void> {
  const orphans = uploads.filter(({ id }) => !known.has(id));
  await Promise.all(orphans.map(({ key, id }) => limit(() => objects.abortUpload(key, id))));
}
