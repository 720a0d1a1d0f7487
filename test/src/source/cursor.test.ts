import { describe, expect, test } from '@jest/globals';
import { type Cursor, cursorKey, intend, move, type PageIntent, rowCount } from '../../../src/source/cursor';

const intent: PageIntent = {
  owner: 'one',
  until: 1_700_000_000_000,
  ends: [3, 0],
  topic: 'in-t',
  last: { incrementing: 12n },
  rows: { column: 'id', ids: [8n, 9n, 12n] },
};

describe('cursor', () => {
  test('the intent of a page also says that the page before it is there', () => {
    const first = intend({ table: 'public.t', position: {} }, intent);
    const second = intend(move(first), { ...intent, last: { incrementing: 13n } });
    expect(second.position).toEqual({ incrementing: 12n });
    const moved: Cursor = { table: 'public.t', position: { incrementing: 13n } };
    expect(move(second)).toEqual(moved);
    expect(move(move(second))).toEqual(moved);
  });

  test('an intent counts its rows, by id or as messages', () => {
    const message = { partition: 0, key: null, value: Buffer.of(1) };
    expect(rowCount(intent)).toBe(3);
    expect(rowCount({ ...intent, rows: { messages: [message, message] } })).toBe(2);
  });

  test('has an object of its own for each table of a connector', () => {
    expect(cursorKey('prices', 'public.t')).toBe('source/prices/public.t.json');
  });
});
