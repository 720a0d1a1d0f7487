// The built-in registry's log: numbered objects in the state store, each created once, read to the end and folded.
import pLimit from 'p-limit';
import { ConnectlessError } from '../errors';
import type { StateStore } from '../state/store';
import { entryBytes, entryKey, LOG_PREFIX, type LogEntry, readEntry } from './log-entry';
import { addEntry, noSubjects, type Subjects } from './subjects';

export interface RegistryLog {
  /** What had been read when it was last read. */
  readonly known: Subjects;
  /** Reads on to the end of the log: no entry that existed at the time of the call is missed. */
  current(): Promise<Subjects>;
  /**
   * Appends the entry that `decide` makes of the whole log, or nothing when it makes none. It is asked again whenever
   * another writer was first.
   */
  append(decide: (subjects: Subjects) => LogEntry | undefined): Promise<void>;
}

/** Entries read at once when a process meets the log for the first time. */
const READS_AT_ONCE = 32;

export function registryLog(state: StateStore): RegistryLog {
  const subjects = noSubjects();
  let read = 0;

  const add = (entry: LogEntry): void => {
    addEntry(subjects, entry);
    read += 1;
  };

  const readOn = async (): Promise<Subjects> => {
    if (read === 0) for (const entry of await wholeLog(state)) add(entry);
    for (;;) {
      const key = entryKey(read + 1);
      const object = await state.read(key);
      if (object === undefined) return subjects;
      add(readEntry(key, object.body));
    }
  };

  const inTurn = turns();
  let waiting: Promise<Subjects> | undefined;
  // A reading that has not begun serves everyone who asks; one that has begun may have passed by what a new caller must see.
  const current = (): Promise<Subjects> => {
    waiting ??= inTurn(() => {
      waiting = undefined;
      return readOn();
    });
    return waiting;
  };

  const tryAppend = async (decide: (subjects: Subjects) => LogEntry | undefined): Promise<boolean> => {
    const entry = decide(await readOn());
    if (entry === undefined) return true;
    const created = await state.create(entryKey(read + 1), entryBytes(entry));
    if (created === undefined) return false;
    add(entry);
    return true;
  };

  return {
    known: subjects,
    current,
    append: (decide) =>
      inTurn(async () => {
        while (!(await tryAppend(decide)));
      }),
  };
}

/** All entries that are there, in order. */
async function wholeLog(state: StateStore): Promise<LogEntry[]> {
  const keys = await state.list(LOG_PREFIX);
  const limit = pLimit(READS_AT_ONCE);
  return Promise.all(
    keys.map((_, index) =>
      limit(async () => {
        const key = entryKey(index + 1);
        const object = await state.read(key);
        if (object !== undefined) return readEntry(key, object.body);
        throw new ConnectlessError(
          'REGISTRY_LOG_DAMAGED',
          `The registry's log entry ${key} is missing: restore the object; ids and versions are counted from it.`,
        );
      }),
    ),
  );
}

/** Runs one task after the other. */
function turns(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result.catch(() => undefined);
    return result;
  };
}
