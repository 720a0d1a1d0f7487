// What every home of the state must do, as tests that each home's own file runs.
import { expect, test } from '@jest/globals';
import type { StateStore } from '../../../src/state/store';

const body = (text: string) => Buffer.from(text);

/** Declares the tests; `open` answers a store over the same objects at each call, empty at the first. */
export function storeContract(open: () => StateStore | Promise<StateStore>): void {
  test('an object that nobody wrote is undefined', async () => {
    expect(await (await open()).read('contract/none')).toBeUndefined();
    expect(await (await open()).list('contract/none')).toEqual([]);
  });

  test('what was created is read back with its version by another store', async () => {
    const version = await (await open()).create('contract/read', body('one'));
    expect(await (await open()).read('contract/read')).toEqual({ body: body('one'), version });
  });

  test('the second creation is refused and changes nothing', async () => {
    const store = await open();
    await store.create('contract/twice', body('one'));
    expect(await store.create('contract/twice', body('two'))).toBeUndefined();
    expect((await store.read('contract/twice'))?.body).toEqual(body('one'));
  });

  test('a write that finds its own body there has succeeded', async () => {
    const store = await open();
    const first = await store.create('contract/own', body('one'));
    expect(await store.create('contract/own', body('one'))).toBe(first);
    const second = await store.replace('contract/own', body('two'), String(first));
    expect(await store.replace('contract/own', body('two'), String(first))).toBe(second);
  });

  test('a replacement needs the current version, however far the object has moved on', async () => {
    const store = await open();
    const first = String(await store.create('contract/race', body('1')));
    let version = first;
    for (const text of ['2', '3', '4', '5'])
      version = String(await store.replace('contract/race', body(text), version));
    expect(await store.replace('contract/race', body('stale'), first)).toBeUndefined();
    expect(await store.create('contract/race', body('stale'))).toBeUndefined();
    expect(await store.read('contract/race')).toEqual({ body: body('5'), version });
  });

  test('of many replacements of one version one wins', async () => {
    const store = await open();
    const first = String(await store.create('contract/many', body('first')));
    const versions = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.replace('contract/many', body(`by ${index}`), first)),
    );
    const winners = versions.flatMap((version, index) => (version === undefined ? [] : [`by ${index}`]));
    expect(winners).toHaveLength(1);
    expect((await store.read('contract/many'))?.body.toString()).toBe(winners[0]);
  });

  test('a replacement of an object that is not there is refused', async () => {
    const store = await open();
    const version = String(await store.create('contract/other', body('x')));
    expect(await store.replace('contract/missing', body('y'), version)).toBeUndefined();
    expect(await store.read('contract/missing')).toBeUndefined();
  });

  test('keys are listed by prefix, in order, and one may begin like another', async () => {
    const store = await open();
    const keys = ['list/a', 'list/a/0', 'list/a/1', 'list/Ab', 'list/topic.with-all_1/0', 'lists/other'];
    for (const key of keys) await store.create(key, body(key));
    expect(await store.list('list/')).toEqual([...keys.slice(0, 5)].sort());
    expect(await store.list('list/a/')).toEqual(['list/a/0', 'list/a/1']);
    expect(await store.list('list/A')).toEqual(['list/Ab']);
    expect((await store.read('list/a'))?.body.toString()).toBe('list/a');
  });
}
