// Floating-point numbers as Java's Double.toString and Float.toString print them: 1.0, 1.0E10, NaN.

/** `Double.toString` of Java 19 and later: the fewest digits that tell the value from its neighbours. */
export function javaDouble(value: number): string {
  return special(value) ?? layout(value.toExponential());
}

/** `Float.toString`: the fewest digits that tell the value from the neighbouring floats. */
export function javaFloat(value: number): string {
  const single = Math.fround(value);
  const finite = special(single);
  if (finite !== undefined) return finite;
  for (let digits = 0; digits < 8; digits += 1) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return layout(text);
  }
  return layout(single.toExponential(8));
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
