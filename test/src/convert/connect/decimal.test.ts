// Decimals as bytes.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { integerBytes, unscaled } from '../../../../src/convert/connect/decimal';

describe('a decimal', () => {
  test('is the shortest two’s complement of its unscaled integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }), (value) => {
        const bytes = integerBytes(value);
        const bits = 8 * bytes.length;
        expect(BigInt.asIntN(bits, BigInt(`0x${bytes.toString('hex')}`))).toBe(value);
        if (bits > 8) expect(BigInt.asIntN(bits - 8, value)).not.toBe(value);
      }),
    );
  });

  test('is read without loss from whatever way its number is written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(30), fc.integer({ min: -20, max: 20 }), (value, scale, shift) => {
        const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
        const point = digits.length - scale;
        const number = `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
        expect(unscaled(number, scale)).toBe(value);
        expect(unscaled(`${number}e${shift}`, scale - shift)).toBe(value);
        expect(unscaled(`${number}E${shift}`, scale - shift + 3)).toBe(1000n * value);
      }),
    );
  });

  test.each([
    ['1.55', 1],
    ['1e-3', 2],
    ['1e1001', 0],
    ['1e99999999999', 0],
    ['9'.repeat(1001), 0],
  ])('is not %s with the scale %i', (literal, scale) => {
    expect(unscaled(literal, scale)).toBeUndefined();
  });
});
