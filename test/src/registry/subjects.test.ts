// The fold of the registry's log.
import { describe, expect, test } from '@jest/globals';
import type { LogEntry } from '../../../src/registry/log-entry';
import { addEntry, findVersion, nextVersion, noSubjects, versionWithId } from '../../../src/registry/subjects';

const INT = '"int"';
const LONG = '"long"';

function fold(...entries: readonly LogEntry[]) {
  const subjects = noSubjects();
  for (const entry of entries) addEntry(subjects, entry);
  return subjects;
}

/** Registers each text under its subject, one after the other. */
function register(...pairs: ReadonlyArray<readonly [subject: string, schema: string]>) {
  const subjects = noSubjects();
  const entries = pairs.map(([subject, schema]) => {
    const entry = nextVersion(subjects, subject, schema);
    addEntry(subjects, entry);
    return { version: entry.version, id: entry.id };
  });
  return { subjects, entries };
}

describe('registering', () => {
  test('counts versions by subject and ids over all, and gives the same text the same id', () => {
    const { entries } = register(['a', INT], ['a', LONG], ['b', LONG], ['b', '"string"'], ['b', INT]);
    expect(entries).toEqual([
      { version: 1, id: 1 },
      { version: 2, id: 2 },
      { version: 1, id: 2 },
      { version: 2, id: 3 },
      { version: 3, id: 1 },
    ]);
  });

  test('finds a text under its own subject only', () => {
    const { subjects } = register(['a', INT], ['b', LONG]);
    expect(findVersion(subjects, 'a', INT)).toEqual({ subject: 'a', version: 1, id: 1, schema: INT });
    expect(findVersion(subjects, 'b', INT)).toBeUndefined();
    expect(findVersion(subjects, 'c', INT)).toBeUndefined();
  });

  test('finds the newest version that an id has in a subject', () => {
    const { subjects } = register(['a', LONG], ['a', INT], ['b', INT], ['a', LONG]);
    const asked = [
      ['a', 1],
      ['a', 2],
      ['b', 2],
      ['b', 1],
      ['c', 1],
    ] as const;
    expect(asked.map(([subject, id]) => versionWithId(subjects, subject, id))).toEqual([3, 2, 1, undefined, undefined]);
  });

  test('goes on behind the greatest number that the log holds', () => {
    const subjects = fold({ kind: 'schema', subject: 'a', version: 7, id: 100_001, schema: INT });
    expect(nextVersion(subjects, 'a', LONG)).toMatchObject({ version: 8, id: 100_002 });
  });
});

describe('a level', () => {
  test('is BACKWARD until somebody sets another, for all or for one subject', () => {
    expect(fold().level).toBe('BACKWARD');
    const subjects = fold(
      { kind: 'config', compatibility: 'FULL' },
      { kind: 'config', subject: 'a', compatibility: 'NONE' },
      { kind: 'config', subject: 'a', compatibility: 'FORWARD' },
    );
    expect(subjects.level).toBe('FULL');
    expect([...subjects.levels]).toEqual([['a', 'FORWARD']]);
  });
});
