// The short ways to Java's text of a number, against the long one.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { doubleJson, floatJson } from '../../../src/avro/jackson-text';
import { javaDouble, javaFloat } from '../../../src/avro/java-number';

const finite = { noNaN: true, noDefaultInfinity: true };
/** Most numbers of people's: within the range that is written out, and of few digits. */
const everyday = fc.tuple(fc.double({ min: -1e7, max: 1e7, ...finite }), fc.integer({ min: 1, max: 12 }));
const numbers = fc.oneof(
  fc.double(finite),
  everyday.map(([value]) => value),
  everyday.map(([value, digits]) => Number(value.toPrecision(digits))),
  fc.integer({ min: -20_000_000, max: 20_000_000 }),
  fc.constantFrom(1e-3, 9.99e-4, 9_999_999, 1e7, 8_388_607.5, 8_388_609, 0, -0),
);

describe('the JSON of a number', () => {
  test("is Java's text of a double", () => {
    fc.assert(
      fc.property(numbers, (value) => expect(doubleJson(value)).toBe(javaDouble(value))),
      { numRuns: 2000 },
    );
  });

  test("is Java's text of a float", () => {
    const floats = numbers.map(Math.fround).filter(Number.isFinite);
    fc.assert(
      fc.property(floats, (value) => expect(floatJson(value)).toBe(javaFloat(value))),
      { numRuns: 2000 },
    );
  });

  test.each([Number.NaN, Infinity, -Infinity])('is a string for %d', (value) => {
    expect([doubleJson(value), floatJson(value)]).toEqual([`"${value}"`, `"${value}"`]);
  });
});
