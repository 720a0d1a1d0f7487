// What goes wrong with bytes on their way: flipped, cut, inserted, spliced, lengths that are far too long.
import type { Random } from '../random';

interface Mutable {
  readonly bytes: Buffer;
  /** Nine in ten mutations stand behind so many: what stands there chooses the schema. */
  readonly header: number;
}

/** @param other a piece of another record @param tokens pieces that mean something in this kind of bytes */
export function mutated({ bytes, header }: Mutable, random: Random, other: Buffer, tokens: readonly Buffer[]): Buffer {
  let now = bytes;
  for (let left = random.pick([0, 1, 1, 1, 2, 4]); left > 0; left -= 1) {
    const from = random.chance(0.9) ? Math.min(header, now.length) : 0;
    now = once(now, random.integer(from, now.length), random, other, tokens);
  }
  return now;
}

function once(bytes: Buffer, at: number, random: Random, other: Buffer, tokens: readonly Buffer[]): Buffer {
  const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.integer(0, 6)) {
    case 0:
      return flipped(bytes, at, random);
    case 1:
      return Buffer.from(before);
    case 2:
      return Buffer.concat([before, randomBytes(random), behind]);
    case 3:
      return Buffer.concat([before, behind.subarray(random.integer(0, 8))]);
    case 4:
      return Buffer.concat([before, piece(other, random), behind.subarray(random.integer(0, 8))]);
    case 5:
      return Buffer.concat([before, ...tokenOf(tokens, random), behind.subarray(random.integer(0, 2))]);
    default:
      return Buffer.concat([before, piece(bytes, random), behind]);
  }
}

function flipped(bytes: Buffer, at: number, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random.integer(0, 7));
  return copy;
}

function piece(bytes: Buffer, random: Random): Buffer {
  const start = random.integer(0, bytes.length);
  return bytes.subarray(start, random.integer(start, bytes.length));
}

function tokenOf(tokens: readonly Buffer[], random: Random): Buffer[] {
  return tokens.slice(random.integer(0, tokens.length - 1)).slice(0, 1);
}

function randomBytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random.integer(1, 12) }, () => random.integer(0, 255)));
}
