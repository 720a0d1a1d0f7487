// The log in the state store.
import { describe, expect, test } from '@jest/globals';
import { registryLog } from '../../../src/registry/log';
import { entryBytes, entryKey, type LogEntry } from '../../../src/registry/log-entry';
import { nextVersion } from '../../../src/registry/subjects';
import { memoryState } from '../../../src/state/memory';
import type { StateStore } from '../../../src/state/store';

const schema = (number: number): LogEntry => ({
  kind: 'schema',
  subject: 'a',
  version: number,
  id: number,
  schema: `{"type":"fixed","name":"F","size":${number}}`,
});

async function write(state: StateStore, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) await state.create(entryKey(number), entryBytes(schema(number)));
}

function counted(state: StateStore) {
  const calls = { read: 0, list: 0, create: 0 };
  const store: StateStore = {
    ...state,
    read: (key) => {
      calls.read += 1;
      return state.read(key);
    },
    list: (prefix) => {
      calls.list += 1;
      return state.list(prefix);
    },
    create: (key, body) => {
      calls.create += 1;
      return state.create(key, body);
    },
  };
  return { store, calls };
}

describe('the log', () => {
  test('is read to its end, and then only on from there', async () => {
    const state = memoryState();
    await write(state, 1, 100);
    const { store, calls } = counted(state);
    const log = registryLog(store);
    expect((await log.current()).lastId).toBe(100);
    expect(calls).toMatchObject({ list: 1, read: 101 });
    await write(state, 101, 103);
    expect((await log.current()).lastId).toBe(103);
    expect(calls).toMatchObject({ list: 1, read: 105 });
  });

  test('shows a reader everything that was there when it asked, also when it asks while another reads', async () => {
    const state = memoryState();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let found = (): void => undefined;
    const passedBy = new Promise<void>((resolve) => {
      found = resolve;
    });
    const log = registryLog({
      ...state,
      read: async (key) => {
        const object = await state.read(key);
        found();
        await gate;
        return object;
      },
    });
    const first = log.current();
    await passedBy;
    await write(state, 1, 1);
    const second = log.current();
    release();
    expect((await second).lastId).toBe(1);
    await first;
  });

  test('is decided on anew when another writer was first', async () => {
    const state = memoryState();
    const [one, other] = [registryLog(state), registryLog(state)];
    await Promise.all([
      one.append((subjects) => nextVersion(subjects, 'a', '"int"')),
      other.append((subjects) => nextVersion(subjects, 'a', '"long"')),
    ]);
    expect((await one.current()).versions.get('a')).toEqual((await other.current()).versions.get('a'));
    expect((await one.current()).versions.get('a')).toMatchObject([
      { version: 1, id: 1 },
      { version: 2, id: 2 },
    ]);
  });

  test('gets nothing when there is nothing to append', async () => {
    const { store, calls } = counted(memoryState());
    await registryLog(store).append(() => undefined);
    expect(calls.create).toBe(0);
  });

  test('goes on after a failure of the store', async () => {
    const state = memoryState();
    let down = true;
    const log = registryLog({
      ...state,
      create: (key, body) => (down ? Promise.reject(new Error('down')) : state.create(key, body)),
    });
    await expect(log.append(() => schema(1))).rejects.toThrow('down');
    down = false;
    await log.append(() => schema(1));
    expect((await log.current()).lastId).toBe(1);
  });

  test('that lacks an entry is refused by its key', async () => {
    const state = memoryState();
    await write(state, 1, 2);
    await write(state, 4, 4);
    await expect(registryLog(state).current()).rejects.toThrow(/registry\/0000000003 is missing/);
  });
});
