import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { directoryState } from '../../../src/state/directory';
import { keyDirectory, keyOfGeneration } from '../../../src/state/directory-name';
import { storeContract } from './store-contract';

const root = mkdtempSync(join(tmpdir(), 'connectless-state-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the state in a directory', () => {
  storeContract(() => directoryState(join(root, 'contract')));

  test('several processes that want one object at once lose no write of each other', async () => {
    const directory = join(root, 'hammered');
    const script = join(__dirname, 'increment.ts');
    const names = ['a', 'b', 'c', 'd'];
    const run = promisify(execFile);
    await Promise.all(names.map((name) => run(process.execPath, ['--import', 'tsx', script, directory, name, '40'])));
    const object = await directoryState(directory).read('hammered/object');
    const lines = object?.body.toString().trim().split('\n') ?? [];
    const expected = names.flatMap((name) => Array.from({ length: 40 }, (_, index) => `${name}:${index};`));
    expect([...lines].sort()).toEqual([...expected].sort());
  }, 60_000);

  test('only the newest generation stays, and temporary files of dead processes go', async () => {
    const store = directoryState(join(root, 'swept'));
    let version = String(await store.create('a', Buffer.from('0')));
    const directory = join(root, 'swept', keyDirectory('a'));
    const left = join(directory, 'tmp-left');
    writeFileSync(left, 'half');
    utimesSync(left, 0, 0);
    for (const text of ['1', '2']) version = String(await store.replace('a', Buffer.from(text), version));
    expect(readdirSync(directory)).toEqual([version]);
  });

  test('a writer that slept while its number was used and removed is refused', async () => {
    const store = directoryState(join(root, 'asleep'));
    const first = String(await store.create('a', Buffer.from('0')));
    let version = first;
    for (const text of ['1', '2', '3']) version = String(await store.replace('a', Buffer.from(text), version));
    expect(readdirSync(join(root, 'asleep', keyDirectory('a')))).toEqual(['4']);
    expect(await store.replace('a', Buffer.from('late'), first)).toBeUndefined();
    expect(readdirSync(join(root, 'asleep', keyDirectory('a')))).toEqual(['4']);
  });

  test('a directory that cannot be used is named with the cure', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    const create = directoryState(file).create('a', Buffer.from('0'));
    await expect(create).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(create).rejects.toThrow(`${file} cannot be used`);
  });
});

describe('the path of a key', () => {
  test.each(['..', '../a', 'a/../b', 'a//b', '/a', 'a/.', '/'])('%s is refused', (key) => {
    expect(() => keyDirectory(key)).toThrow('segment');
  });

  test('is read back, has no capitals beside those of escapes, and no two keys share one', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^\.{1,2}$|\//.test(text));
    const key = fc.array(segment, { minLength: 1 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(key, (text) => {
        const path = keyDirectory(text);
        expect(keyOfGeneration(join(path, '12'))).toBe(text);
        expect(path.replace(/%[0-9A-F]{2}/g, '')).not.toMatch(/[A-Z]/);
      }),
    );
  });
});
