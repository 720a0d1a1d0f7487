import './quiet';
import { expect, test } from '@jest/globals';
import { fuzz } from './fuzz/run';

test('every mutated record is in a file as it came, or a dead letter with its error', async () => {
  const outcomes = await fuzz(2_000, 1);
  for (const { kind, faults, written, records } of outcomes) {
    expect({ kind, faults }).toEqual({ kind, faults: [] });
    expect(written).toBeGreaterThan(records / 20);
    expect(written).toBeLessThan(records);
  }
}, 60_000);
