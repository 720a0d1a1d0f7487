// The state store in memory: for tests and for the simulation.
import { versionOfOwnWrite } from './own-write';
import type { StateStore, Versioned } from './store';

/** Empty at first; nothing outlives it. */
export function memoryState(): StateStore {
  const objects = new Map<string, Versioned>();
  let writes = 0;

  const read = async (key: string) => objects.get(key);

  const write = (key: string, body: Buffer): string => {
    writes += 1;
    const version = String(writes);
    objects.set(key, { body: Buffer.from(body), version });
    return version;
  };

  return {
    read,
    create: async (key, body) => (objects.has(key) ? versionOfOwnWrite(read, key, body) : write(key, body)),
    replace: async (key, body, version) =>
      objects.get(key)?.version === version ? write(key, body) : versionOfOwnWrite(read, key, body),
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
}
