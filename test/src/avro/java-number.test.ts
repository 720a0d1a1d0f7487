// Numbers as Java prints them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { javaDouble, javaFloat } from '../../../src/avro/java-number';

// Printed by Java 25.
describe("Java's text of a double", () => {
  test.each<[number, string]>([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-12.5, '-12.5'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [9999999.5, '9999999.5'],
    [1e7, '1.0E7'],
    [1e23, '1.0E23'],
    [123456, '123456.0'],
    [5e-324, '4.9E-324'],
    [1.7976931348623157e308, '1.7976931348623157E308'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('%d is %s', (value, text) => {
    expect(javaDouble(value)).toBe(text);
  });

  test('is that double again', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => expect(Number(javaDouble(value))).toBe(value)));
  });
});

describe("Java's text of a float", () => {
  test.each<[number, string]>([
    [Math.fround(0.1), '0.1'],
    [Math.fround(2.2), '2.2'],
    [16777216, '1.6777216E7'],
    // Halfway between two decimals: the even one.
    [-3926944.25, '-3926944.2'],
    [1741368.25, '1741368.2'],
    [1.401298464324817e-45, '1.4E-45'],
    [3.4028234663852886e38, '3.4028235E38'],
    [100, '100.0'],
    [Number.NaN, 'NaN'],
  ])('%d is %s', (value, text) => {
    expect(javaFloat(value)).toBe(text);
  });

  test('is that float again', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => expect(Math.fround(Number(javaFloat(value)))).toBe(value)),
    );
  });
});
