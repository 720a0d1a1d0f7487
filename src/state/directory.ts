// The state store in a local directory: compare-and-set between processes without a lock.
//
// A key `a/b` is a directory `a/b=` of generations 1, 2, …; the highest is the object. A writer makes a complete
// temporary file and link(2)s it to the next generation: EEXIST says that somebody was first. Older generations are
// removed, oldest first, only after a newer one is there, so the highest one never goes. A writer that slept through
// that may find its number free again: it looks for higher ones after the link, and if there are any it lost.
// A directory of a few names is listed in one getdents(2), which the kernel does not interleave with link or unlink.
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConnectlessError, messageOf } from '../errors';
import { keyDirectory, keyOfGeneration } from './directory-name';
import { versionOfOwnWrite } from './own-write';
import type { StateStore, Versioned } from './store';

const TEMPORARY = 'tmp-';
const TEMPORARY_OUTLIVES_MS = 3_600_000;

/** The store in the directory `root`, made when the first object is written. Throws STATE_UNAVAILABLE when the directory cannot be used. */
export function directoryState(root: string): StateStore {
  const base = resolve(root);
  const directoryOf = (key: string) => join(base, keyDirectory(key));

  const read = async (key: string): Promise<Versioned | undefined> => {
    const directory = directoryOf(key);
    for (;;) {
      const newest = (await generations(directory)).at(-1);
      if (newest === undefined) return undefined;
      const body = await readFile(join(directory, String(newest))).catch(absent);
      if (body !== undefined) return { body, version: String(newest) };
    }
  };

  const write = async (key: string, body: Buffer, known: number): Promise<string | undefined> => {
    const directory = directoryOf(key);
    await makeDirectory(directory);
    const generation = known + 1;
    if (await addGeneration(directory, generation, body)) return String(generation);
    return versionOfOwnWrite(read, key, body);
  };

  return guarded(base, {
    read,
    create: async (key, body) =>
      (await generations(directoryOf(key))).length === 0 ? write(key, body, 0) : versionOfOwnWrite(read, key, body),
    replace: (key, body, version) => write(key, body, Number(version)),
    list: async (prefix) => {
      const folder = keyDirectory(prefix.slice(0, prefix.lastIndexOf('/') + 1));
      const names = (await readdir(join(base, folder), { recursive: true }).catch(absent)) ?? [];
      const keys = names.map((name) => keyOfGeneration(join(folder, name))).filter((key) => key?.startsWith(prefix));
      return [...new Set(keys)].filter((key) => key !== undefined).sort();
    },
  });
}

/** Answers whether the body is now the highest generation. */
async function addGeneration(directory: string, generation: number, body: Buffer): Promise<boolean> {
  const temporary = join(directory, `${TEMPORARY}${randomUUID()}`);
  const target = join(directory, String(generation));
  await writeDurably(temporary, body);
  try {
    const linked = await link(temporary, target).then(() => true, alreadyThere);
    if (!linked) return false;
  } finally {
    await unlink(temporary);
  }
  const all = await generations(directory);
  const won = all.at(-1) === generation && (generation === 1 || all.includes(generation - 1));
  if (!won) {
    await unlink(target).catch(absent);
    return false;
  }
  await syncDirectory(directory);
  await sweep(directory, all.slice(0, -1));
  return true;
}

/** The generations in the directory, ascending. */
async function generations(directory: string): Promise<number[]> {
  const names = (await readdir(directory).catch(absent)) ?? [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((one, other) => one - other);
}

/** Removes what a newer generation has replaced, oldest first, and temporary files of processes that died. */
async function sweep(directory: string, replaced: readonly number[]): Promise<void> {
  for (const generation of replaced) await unlink(join(directory, String(generation))).catch(absent);
  const temporaries = (await readdir(directory)).filter((name) => name.startsWith(TEMPORARY));
  for (const name of temporaries) {
    const file = join(directory, name);
    const found = await stat(file).catch(absent);
    if (found !== undefined && Date.now() - found.mtimeMs > TEMPORARY_OUTLIVES_MS) await unlink(file).catch(absent);
  }
}

async function makeDirectory(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true });
  if (first === undefined) return;
  // A new directory survives a power cut only when its parent is synced: from the key's up to the first that is new.
  for (let parent = dirname(directory); parent.length >= dirname(first).length; parent = dirname(parent)) {
    await syncDirectory(parent);
  }
}

async function writeDurably(path: string, body: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

function alreadyThere(error: unknown): false {
  if (codeOf(error) === 'EEXIST') return false;
  throw error;
}

/** The same store, its file system errors turned into one that names the directory. */
function guarded(base: string, store: StateStore): StateStore {
  const explain = (error: unknown): never => {
    if (error instanceof ConnectlessError) throw error;
    throw new ConnectlessError(
      'STATE_UNAVAILABLE',
      `The state directory ${base} cannot be used: ${messageOf(error)}. It must be writable and on a file system with ` +
        'hard links; connectless.state.url names another one.',
      { cause: error },
    );
  };
  return {
    read: (key) => store.read(key).catch(explain),
    create: (key, body) => store.create(key, body).catch(explain),
    replace: (key, body, version) => store.replace(key, body, version).catch(explain),
    list: (prefix) => store.list(prefix).catch(explain),
  };
}
