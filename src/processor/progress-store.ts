// Reads and replaces a partition's progress in the state store.
import type { StateStore } from '../state/store';
import { type Progress, parseProgress, printProgress } from './progress';

/** A state object as it was read or written last. */
export interface StoredProgress {
  readonly key: string;
  /** Absent: the object does not exist yet. */
  readonly version?: string;
  readonly progress?: Progress;
}

/** Another invocation was first with the state object. */
export class Refused extends Error {}

/** Throws PROGRESS_INVALID. */
export async function readProgress(state: StateStore, key: string): Promise<StoredProgress> {
  const found = await state.read(key);
  return found === undefined ? { key } : { key, version: found.version, progress: parseProgress(found.body, key) };
}

/** Throws Refused when the object is not the stored one any more. */
export async function writeProgress(
  state: StateStore,
  { key, version: known }: StoredProgress,
  progress: Progress,
): Promise<StoredProgress> {
  const body = printProgress(progress);
  const version = known === undefined ? await state.create(key, body) : await state.replace(key, body, known);
  if (version === undefined) throw new Refused(key);
  return { key, version, progress };
}
