// A registry that asks its home once: ids for ever, subjects briefly, requests in flight shared.
import type { SchemaRegistry } from './registry';

/** How long a registration is taken to stand: somebody may delete the subject and expect it to come back. */
const SUBJECT_MS = 60_000;

/** Failures are not remembered. */
export function cachedRegistry(home: SchemaRegistry, now: () => number = Date.now): SchemaRegistry {
  const texts = new Map<number, Promise<string>>();
  const ids = new Map<string, { readonly id: Promise<number>; readonly until: number }>();

  return {
    schemaById: (id) => {
      const known = texts.get(id);
      if (known !== undefined) return known;
      const text = home.schemaById(id);
      texts.set(id, text);
      text.catch(() => texts.delete(id));
      return text;
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
