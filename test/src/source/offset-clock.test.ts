import { describe, expect, test } from '@jest/globals';
import { toColumnClock, toInstant } from '../../../src/source/offset-clock';

const micros = (text: string) => BigInt(Date.parse(text)) * 1000n + 456n;

describe("an offset on a column's clock", () => {
  test.each([
    ['America/New_York', '2024-01-01T12:00:00.123Z', '2024-01-01T07:00:00.123Z'],
    ['America/New_York', '2024-07-01T12:00:00.123Z', '2024-07-01T08:00:00.123Z'],
    ['Asia/Kolkata', '2024-07-01T12:00:00.123Z', '2024-07-01T17:30:00.123Z'],
    ['Asia/Kolkata', '1969-12-31T12:00:00.123Z', '1969-12-31T17:30:00.123Z'],
    ['UTC', '2024-01-01T12:00:00.123Z', '2024-01-01T12:00:00.123Z'],
  ])('in %s, %s is %s, and back', (timeZone, instant, local) => {
    const position = { timestamp: micros(instant), incrementing: 7n };
    const shown = toColumnClock(position, timeZone);
    expect(shown).toEqual({ timestamp: micros(local), incrementing: 7n });
    expect(toInstant(shown, timeZone)).toEqual(position);
  });

  test('is nothing where there is no timestamp', () => {
    expect(toColumnClock({ incrementing: 7n }, 'Asia/Kolkata')).toEqual({ incrementing: 7n });
  });
});
