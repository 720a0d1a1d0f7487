// Decimals of any size, digit by digit.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalJson } from '../../../src/avro/connect-json-decimal';

/** Two's complement, big-endian, `padding` bytes more than needed at least. */
function twosComplement(value: bigint, padding: number): Buffer {
  const size = Math.ceil(value.toString(2).length / 8) + 1 + padding;
  return Buffer.from(
    BigInt.asUintN(8 * size, value)
      .toString(16)
      .padStart(2 * size, '0'),
    'hex',
  );
}

/** The digits without a point, moved by the exponent to where the scale's last digit is. */
function unscaledOf(number: string, scale: number): bigint {
  const [, digits = '', fraction = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(number) ?? [];
  expect(fraction.length - Number(exponent)).toBe(scale);
  return BigInt(digits + fraction);
}

const values = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const small = fc.bigInt({ min: -300n, max: 300n });

describe('a decimal', () => {
  test('as a number has all its digits', () => {
    fc.assert(
      fc.property(fc.oneof(values, small), fc.nat(3), fc.integer({ min: -5, max: 45 }), (value, padding, scale) => {
        const text = decimalJson(twosComplement(value, padding), scale, 'NUMERIC');
        expect(unscaledOf(text, scale)).toBe(value);
        expect(Number.isNaN(JSON.parse(text))).toBe(false);
      }),
    );
  });

  test('in base64 is the number in as few bytes as it has', () => {
    fc.assert(
      fc.property(fc.oneof(values, small), fc.nat(3), (value, padding) => {
        const bytes = Buffer.from(JSON.parse(decimalJson(twosComplement(value, padding), 2, 'BASE64')), 'base64');
        expect(BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`))).toBe(value);
        const isOfFewer = bytes.length > 1 && BigInt.asIntN(8 * (bytes.length - 1), value) === value;
        expect(isOfFewer).toBe(false);
      }),
    );
  });
});
