import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoDateTime } from '../../../../src/source/record/iso-date-time';
import { javaZone } from '../../../../src/source/record/java-zone';
import { epochSeconds, timestampMicros } from '../../../../src/source/record/temporal';

type Row = readonly [zone: string, text: string, millis: string, iso: string];
const rows: readonly Row[] = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/java/local-times.json'), 'utf8'),
).rows;
const zones = [...new Set(rows.map(([zone]) => zone))];

describe('a local time in a zone', () => {
  test.each(zones)(
    '%s is Java’s instant: around changes of the clocks, before 1900, before 1582, behind 275760',
    (zone) => {
      const { fromLocal, secondsEast } = javaZone(zone);
      const printed = rows
        .filter(([of]) => of === zone)
        .map(([, text]): Row => {
          const seconds = epochSeconds(text, fromLocal);
          const micros = timestampMicros(text);
          const millis = BigInt(seconds) * 1000n + BigInt(Math.floor(micros / 1000));
          const iso = isoDateTime(seconds + secondsEast(seconds), String(micros).padStart(6, '0'));
          return [zone, text, String(millis), iso];
        });
      expect(printed).toEqual(rows.filter(([of]) => of === zone));
    },
  );

  test('of an instant that is not shown twice leads back to the instant', () => {
    const { fromLocal, secondsEast } = javaZone('Europe/Berlin');
    fc.assert(
      fc.property(fc.integer({ min: -2_208_900_000, max: 4_000_000_000 }), (seconds) => {
        const local = seconds + secondsEast(seconds);
        const back = fromLocal?.(local) ?? Number.NaN;
        // Of two instants with one local time it is the later.
        expect(back >= seconds && back + secondsEast(back) === local).toBe(true);
      }),
    );
  });
});
