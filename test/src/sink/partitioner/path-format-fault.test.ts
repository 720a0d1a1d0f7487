import { describe, expect, test } from '@jest/globals';
import { partitionerOf } from '../../../../src/sink/partitioner/partitioner-of';
import { pathFormatFault } from '../../../../src/sink/partitioner/path-format-fault';
import { jodaRows, NO_VALUE, recordOf } from './sample';

type PatternRow = [pattern: string, printed: string | null, message: string | null];

const LEAP_DAY = 1709164800123;

describe("a pattern of Joda's", () => {
  const rows = jodaRows<PatternRow>('patterns.json');

  test.each(rows)('%j has the fault that Joda finds in it', (pattern, _, message) => {
    expect(pathFormatFault(pattern, 'en-US', 'Asia/Kolkata') ?? null).toBe(message);
  });

  test.each(rows.filter(([, printed]) => printed !== null))('%j prints %j, as in Joda', (pathFormat, printed) => {
    const place = partitionerOf({
      kind: 'time',
      durationMs: 1,
      pathFormat,
      locale: 'en-US',
      timeZone: 'Asia/Kolkata',
      extractor: { kind: 'wallclock' },
    });
    expect(place(recordOf(NO_VALUE), LEAP_DAY)).toEqual({ directory: printed, timestamp: LEAP_DAY });
  });

  test.each([
    ["HH'h' z", 'en-US', 'UTC', /letter z .* write Z/],
    ["'", 'en-US', 'UTC', /prints nothing/],
    ['YYYY', 'no language', 'UTC', /^no language is no language tag$/],
    ['YYYY', 'en-US', 'Europe/Nowhere', /^Europe\/Nowhere is no time zone$/],
  ])('%s in %s and %s cannot be used', (pattern, locale, timeZone, fault) => {
    expect(pathFormatFault(pattern, locale, timeZone)).toMatch(fault);
  });

  test('makes a partitioner impossible when it cannot be used', () => {
    const make = () =>
      partitionerOf({
        kind: 'time',
        durationMs: 1,
        pathFormat: 'year',
        locale: 'en-US',
        timeZone: 'UTC',
        extractor: { kind: 'wallclock' },
      });
    expect(make).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
