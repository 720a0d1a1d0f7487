// CRC-32 as gzip and Avro's snappy have it: Node's own where it has one (20.15 and later).
import zlib from 'node:zlib';
import library from 'crc-32';

/** Unsigned. @param before of the bytes that come before */
export function crc32(bytes: Buffer, before = 0): number {
  return zlib.crc32 === undefined ? library.buf(bytes, before | 0) >>> 0 : zlib.crc32(bytes, before);
}
