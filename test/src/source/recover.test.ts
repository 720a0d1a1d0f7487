// What becomes of a page that was under way, where the simulation does not look.
import { describe, expect, test } from '@jest/globals';
import type { PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';
import { memorySource } from './memory-source';

const KEY = 'source/connect-postgresql/public.prices.json';

async function interrupted(change: Partial<PageIntent>) {
  const source = memorySource();
  source.log.create('before', 2);
  source.ids.push(1n, 2n, 3n);
  const intent: PageIntent = {
    owner: 'the one before',
    until: -10_000,
    ends: [0],
    topic: 'in-prices',
    last: { incrementing: 2n },
    rows: { column: 'id', ids: [1n, 2n] },
    ...change,
  };
  await source.state.create(KEY, printCursor({ table: 'public.prices', position: {}, intent }));
  return source;
}

const counts = (source: Awaited<ReturnType<typeof interrupted>>, topic: string) =>
  source.log.records(topic).map((records) => records.length);

describe('a page that was under way', () => {
  test('goes to the topic that it was going to, although the connector has another one now', async () => {
    const source = await interrupted({ topic: 'before', ends: [0, 0] });
    await source.invoke();
    expect(counts(source, 'before')).toEqual([1, 1]);
    expect(counts(source, 'in-prices')).toEqual([1]);
    const { position, intent } = parseCursor((await source.state.read(KEY))?.body ?? Buffer.alloc(0), KEY);
    expect([position, intent]).toEqual([{ incrementing: 3n }, undefined]);
  });

  test('stops the table when its topic ends below where it was to begin, and names the command', async () => {
    const source = await interrupted({ ends: [5] });
    await expect(source.invoke()).rejects.toThrow(/partition 0 ends at 0, below 5.*connectless offsets reset/s);
    expect(counts(source, 'in-prices')).toEqual([0]);
  });

  test('as messages is sent as it was, whatever the table holds now', async () => {
    const value = Buffer.from('encoded then');
    const source = await interrupted({
      rows: { messages: [{ partition: 0, key: null, value }] },
      last: { incrementing: 3n },
    });
    await source.invoke();
    expect(source.log.records('in-prices').map((records) => records.map((record) => record.value?.toString()))).toEqual(
      [['encoded then']],
    );
  });
});
