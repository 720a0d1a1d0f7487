// The bytes of a log entry.
import { describe, expect, test } from '@jest/globals';
import { entryBytes, entryKey, type LogEntry, readEntry } from '../../../src/registry/log-entry';

describe('a log entry', () => {
  test.each<[LogEntry]>([
    [{ kind: 'schema', subject: 'prices-value', version: 1, id: 1, schema: '{"type":"int","é":1}' }],
    [{ kind: 'config', compatibility: 'FULL' }],
    [{ kind: 'config', subject: 'a', compatibility: 'NONE' }],
  ])('%j is read back', (entry) => {
    expect(readEntry('registry/0000000001', entryBytes(entry))).toEqual(entry);
  });

  test('has a key that sorts by its number', () => {
    expect(entryKey(1)).toBe('registry/0000000001');
    expect([entryKey(10), entryKey(9)].sort()).toEqual([entryKey(9), entryKey(10)]);
  });

  test.each([
    ['', 'empty'],
    ['{"kind":"schema","subject":"a","version":1', 'cut short'],
    ['{"kind":"schema","subject":"a","version":"1","id":1,"schema":"x"}', 'of wrong types'],
    ['{"kind":"schema-deleted","subject":"a"}', 'of a later version'],
    ['{"kind":"config","compatibility":"SOME"}', 'of an unknown level'],
    ['{"kind":"config","subject":5,"compatibility":"FULL"}', 'of a wrong subject'],
    ['null', 'null'],
  ])('%s is refused by its key: it is %s', (text) => {
    expect(() => readEntry('registry/0000000042', Buffer.from(text))).toThrow(
      /registry\/0000000042 .*update it, or restore/,
    );
  });
});
