// Which partition a keyed message belongs to: the choice of Java's default partitioner.

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * Java's `Utils.toPositive(Utils.murmur2(key)) % partitions`, so that records written here and by any Java producer
 * with the same key lie in the same partition.
 */
export function partitionOf(key: Buffer, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}

/** MurmurHash2 as `org.apache.kafka.common.utils.Utils.murmur2` has it: signed 32 bits. */
export function murmur2(data: Buffer): number {
  let h = SEED ^ data.length;
  const whole = data.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let k = Math.imul(data.readInt32LE(i), M);
    k = Math.imul(k ^ (k >>> 24), M);
    h = Math.imul(h, M) ^ k;
  }
  if (whole < data.length) {
    h = Math.imul(h ^ data.readUIntLE(whole, data.length - whole), M);
  }
  h = Math.imul(h ^ (h >>> 13), M);
  return h ^ (h >>> 15);
}
