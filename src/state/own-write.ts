// What a refused write still has to ask: is the body that is there the one that we meant to write?
import type { StateStore } from './store';

/** The version of the object when it holds exactly this body, so that a request which collided with its own first attempt counts as done. */
export async function versionOfOwnWrite(
  read: StateStore['read'],
  key: string,
  body: Buffer,
): Promise<string | undefined> {
  const there = await read(key);
  return there?.body.equals(body) ? there.version : undefined;
}
