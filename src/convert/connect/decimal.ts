// Decimals as Connect writes them: the unscaled integer's bytes, two's complement, big-endian, as short as can be.

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Jackson's own limit. Beyond so many digits or zeros a number is a mistake, and would take long to read. */
const LONGEST = 1000;

/** The integer that a JSON number is with so many digits behind the point; undefined: it has more, or is none that can be. */
export function unscaled(literal: string, scale: number): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(literal) ?? [];
  const zeros = scale + Number(exponent) - fraction.length;
  const digits = `${sign}${whole}${fraction}`;
  if (digits.length > LONGEST || Math.abs(zeros) > LONGEST) return undefined;
  if (zeros >= 0) return BigInt(digits) * 10n ** BigInt(zeros);
  const unit = 10n ** BigInt(-zeros);
  return BigInt(digits) % unit === 0n ? BigInt(digits) / unit : undefined;
}

/** Java's `BigInteger.toByteArray`. */
export function integerBytes(value: bigint): Buffer {
  const magnitude = value < 0n ? ~value : value;
  // One bit more than the magnitude has, for the sign.
  const size = Math.floor((magnitude === 0n ? 0 : magnitude.toString(2).length) / 8) + 1;
  return Buffer.from(
    BigInt.asUintN(8 * size, value)
      .toString(16)
      .padStart(2 * size, '0'),
    'hex',
  );
}
