// A folder of parts is there as a whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderFor, home, makeFolder, removeUnfinished } from '../../../local/setup/part-folder.mjs';

let root: string;
let finished: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'connectless-parts-'));
  mkdirSync(join(root, home));
  finished = join(root, folderFor(['a==1']));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test('other pins have another folder', () => {
  expect(folderFor(['a==1'])).toBe(folderFor(['a==1']));
  expect(folderFor(['a==1'])).not.toBe(folderFor(['a==2']));
});

test('what is made replaces what was there before', async () => {
  mkdirSync(finished);
  writeFileSync(join(finished, 'half'), '');
  await makeFolder(finished, async (unfinished) => writeFileSync(join(unfinished, 'whole'), ''));
  expect(readdirSync(finished)).toEqual(['whole']);
  expect(readdirSync(join(root, home))).toHaveLength(1);
});

test('what fails on the way is not taken for finished', async () => {
  const making = makeFolder(finished, async (unfinished) => {
    writeFileSync(join(unfinished, 'half'), '');
    throw new Error('no network');
  });
  await expect(making).rejects.toThrow('no network');
  expect(existsSync(finished)).toBe(false);
});

test('the leavings of a set-up that ended go, those of one that runs stay', () => {
  const names = [`a.unfinished-${process.pid}`, 'b.unfinished-2147483647', 'c'];
  for (const name of names) mkdirSync(join(root, home, name));
  removeUnfinished(root);
  expect(readdirSync(join(root, home)).sort()).toEqual([names[0], 'c']);
});
