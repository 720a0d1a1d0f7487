// A registry that asks its home once: ids and versions for ever, subjects briefly, requests in flight shared.
import type { VersionedRegistry } from './registry';

/** How long a registration is taken to stand: somebody may delete the subject and expect it to come back. */
const SUBJECT_MS = 60_000;

/** Failures are not remembered. */
export function cachedRegistry<Home extends VersionedRegistry>(home: Home, now: () => number = Date.now): Home {
  const texts = new Map<number, Promise<string>>();
  const ids = new Map<string, { readonly id: Promise<number>; readonly until: number }>();
  const versions = new Map<string, Promise<number | undefined>>();

  return {
    ...home,
    schemaById: (id) => once(texts, id, () => home.schemaById(id)),
    versionOf: async (subject, id) => {
      const key = JSON.stringify([subject, id]);
      const version = await once(versions, key, () => home.versionOf(subject, id));
      // The subject may get it yet.
      if (version === undefined) versions.delete(key);
      return version;
    },
    register: (subject, schema) => {
      const key = JSON.stringify([subject, schema]);
      const known = ids.get(key);
      if (known !== undefined && now() < known.until) return known.id;
      const id = home.register(subject, schema);
      ids.set(key, { id, until: now() + SUBJECT_MS });
      id.catch(() => ids.delete(key));
      return id;
    },
  };
}

function once<Key, Answer>(known: Map<Key, Promise<Answer>>, key: Key, ask: () => Promise<Answer>): Promise<Answer> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = ask();
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  return answer;
}
