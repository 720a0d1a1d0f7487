import { describe, expect, test } from '@jest/globals';
import { isoTimestamp } from '../../../../src/sink/partitioner/iso-timestamp';
import { jodaRows } from './sample';

describe('a time in ISO 8601', () => {
  test.each(jodaRows<[text: string, ms: number | null]>('iso.json'))('%j is %p, as Joda reads it', (text, ms) => {
    expect(isoTimestamp(text) ?? null).toBe(ms);
  });
});
