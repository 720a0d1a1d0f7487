// `s3.object.tagging`: what Confluent's sink tags a file with when it is in the bucket.
import type { ObjectsConfig } from '../config/sink-model';
import { logger } from '../log';
import type { CompleteFile } from './partition-state';
import type { Sink } from './sink';

/** Of what an earlier version completed only the start is known. */
function tagsOf(
  { startOffset, endOffset, records }: CompleteFile,
  { extra }: NonNullable<ObjectsConfig['tagging']>,
): Record<string, string> {
  return {
    startOffset: String(startOffset),
    ...(endOffset === undefined ? {} : { endOffset: String(endOffset) }),
    ...(records === undefined ? {} : { recordCount: String(records) }),
    ...extra,
  };
}

/** Throws when the tags cannot be set and `s3.object.behavior.on.tagging.error` is `fail`; otherwise a warning says so. */
export async function tagFile(
  { config, objects }: Pick<Sink, 'config' | 'objects'>,
  file: CompleteFile,
): Promise<void> {
  const { tagging } = config.objects;
  if (tagging === undefined) return;
  try {
    await objects.tag(file.key, tagsOf(file, tagging));
  } catch (error) {
    if (tagging.onError === 'fail') throw error;
    logger.warn('The file is in the bucket without its tags', { key: file.key, error });
  }
}
