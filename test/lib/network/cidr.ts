// Whether one range of IPv4 addresses lies within another.

/** Both as `10.0.0.0/16`. */
export function contains(outer: string, inner: string): boolean {
  const [outerStart, outerSize] = rangeOf(outer);
  const [innerStart, innerSize] = rangeOf(inner);
  return outerStart <= innerStart && innerStart + innerSize <= outerStart + outerSize;
}

function rangeOf(cidr: string): [start: number, size: number] {
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr) ?? noCidr(cidr);
  const address = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return [Math.floor(address / size) * size, size];
}

function noCidr(cidr: string): never {
  throw new Error(`No range of IPv4 addresses: ${cidr}`);
}
