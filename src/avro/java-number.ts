// Floating-point numbers as Java's Double.toString and Float.toString print them: 1.0, 1.0E10, NaN.

/** `Double.toString` of Java 19 and later: the fewest digits, two at least, that tell the value from its neighbours. */
export function javaDouble(value: number): string {
  const shortest = value.toExponential();
  return special(value) ?? layout(shortest.includes('.') ? shortest : value.toExponential(1));
}

/** `Float.toString` of Java 19 and later: likewise among floats. */
export function javaFloat(value: number): string {
  const single = Math.fround(value);
  const whole = special(single);
  if (whole !== undefined) return whole;
  let digits = 1;
  while (Math.fround(Number(rounded(single, digits))) !== single) digits += 1;
  return layout(rounded(single, digits));
}

/** Like toExponential, but half to even, as Java; a float's last bit is often half a decimal. */
function rounded(single: number, digits: number): string {
  const [exact = '', power] = single.toExponential(100).split('e');
  const cut = exact.indexOf('.') + 1 + digits;
  const isHalf = /^50*$/.test(exact.slice(cut));
  return isHalf && /[02468]$/.test(exact.slice(0, cut))
    ? `${exact.slice(0, cut)}e${power}`
    : single.toExponential(digits);
}

function special(value: number): string | undefined {
  if (Number.isNaN(value) || !Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  return undefined;
}

/** Java writes out 10⁻³ ≤ |value| < 10⁷ and uses E beyond; there is a digit behind the point always. */
function layout(exponential: string): string {
  const [, sign = '', lead = '', fraction = '', power = ''] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(exponential) ?? [];
  const digits = (lead + fraction).replace(/0+$/, '');
  const exponent = Number(power);
  if (exponent < -3 || exponent >= 7) return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')}.${digits.slice(exponent + 1) || '0'}`;
}
