// When a table's cursor may be given another position, and what is said of it.
import { describe, expect, test } from '@jest/globals';
import { type ChangeRules, checkChange, inFlight } from '../../../src/source/connect-offsets-change';
import type { Cursor } from '../../../src/source/cursor';

const UNTIL = Date.UTC(2024, 0, 1);
const rules: ChangeRules = {
  now: UNTIL + 30_001,
  requestTimeoutMs: 30_000,
  mode: 'incrementing',
  force: false,
  isImport: false,
};
const at = (incrementing: bigint): Cursor => ({ table: 'public.t', position: { incrementing } });
const midPage: Cursor = {
  ...at(7n),
  intent: {
    owner: 'one',
    until: UNTIL,
    ends: [0],
    topic: 'in-t',
    last: { incrementing: 9n },
    rows: { column: 'id', ids: [8n, 9n] },
  },
};
const to = (incrementing: bigint) => ({ table: 'public.t', position: { incrementing } });

describe('another position', () => {
  test.each([
    ['forward', 9n],
    ['back', 1n],
  ])('may go %s, without a word, where nothing is on its way', (_, id) => {
    expect(checkChange(to(id), at(7n), rules)).toEqual([]);
  });

  test('waits for the lease of a page, and says for whom and until when', () => {
    const now = { ...rules, now: UNTIL + 29_999 };
    expect(() => checkChange(to(9n), midPage, now)).toThrow(
      expect.objectContaining({
        code: 'OFFSETS_HELD',
        message: expect.stringMatching(
          /^public\.t: a page of 2 rows is on its way to topic in-t \(invocation one, until 2024-01-01T00:00:30\.000Z\)\. Stop/,
        ),
      }),
    );
    expect(checkChange(to(9n), midPage, { ...now, force: true })).toEqual([expect.stringContaining('It is forgotten')]);
  });

  test('forgets a page whose lease is over, and says what that means', () => {
    expect(checkChange(to(9n), midPage, rules)).toEqual([
      expect.stringMatching(
        /was on its way, and is not settled.*not looked at any more; its last row is \{"incrementing":9\}/,
      ),
    ]);
  });

  test('replaces a cursor that cannot be read with --force alone', () => {
    expect(() => checkChange(to(9n), 'unreadable', rules)).toThrow(
      expect.objectContaining({ code: 'CURSOR_INVALID', message: expect.stringContaining('add --force') }),
    );
    expect(checkChange(to(9n), 'unreadable', { ...rules, force: true })).toEqual([
      expect.stringContaining('is replaced'),
    ]);
  });

  test('of an import does not go back without --force', () => {
    const imported = { ...rules, isImport: true };
    expect(checkChange(to(7n), at(7n), imported)).toEqual([]);
    expect(checkChange(to(7n), { table: 'public.t', position: {} }, imported)).toEqual([]);
    expect(() => checkChange(to(6n), at(7n), imported)).toThrow(
      expect.objectContaining({ code: 'OFFSETS_BEHIND', message: expect.stringContaining('up to {"incrementing":7}') }),
    );
    expect(checkChange(to(6n), at(7n), { ...imported, force: true })).toEqual([]);
  });

  test('of another mode would read the table from its first row: an import refuses it', () => {
    const timestamp = { ...rules, mode: 'timestamp' } as const;
    const said = 'has no "timestamp", by which mode timestamp reads';
    expect(checkChange(to(7n), { table: 'public.t', position: {} }, timestamp)).toEqual([
      expect.stringContaining(said),
    ]);
    expect(() => checkChange(to(7n), { table: 'public.t', position: {} }, { ...timestamp, isImport: true })).toThrow(
      expect.objectContaining({ code: 'OFFSETS_OF_ANOTHER_MODE', message: expect.stringContaining(said) }),
    );
    expect(checkChange({ table: 'public.t', position: {} }, at(7n), timestamp)).toEqual([]);
  });
});

test('a page of messages is counted by them', () => {
  const intent = { ...midPage.intent, rows: { messages: [{ partition: 0, key: null, value: null }] } };
  expect(
    inFlight('public.t', { owner: 'one', until: 0, ends: [], topic: 'in-t', last: {}, rows: intent.rows }, 0, 1),
  ).toContain('a page of 1 rows was on its way');
});
