// What decompresses the blocks of a container file.
import { inflateRawSync } from 'node:zlib';
import { ConnectlessError } from '../errors';
import { crc32 } from './crc32';

/** Throws what its library throws for data that it did not compress. */
export type Decompress = (data: Buffer) => Buffer;

const CRC_BYTES = 4;

/** Throws a ConnectlessError UNSUPPORTED_CODEC. */
export function decompressor(codec: string): Decompress {
  switch (codec) {
    case 'null':
      return (data) => data;
    case 'deflate':
      return (data) => inflateRawSync(data);
    case 'snappy':
      return snappy();
    case 'zstandard':
      return zstandard();
    default:
      throw new ConnectlessError(
        'UNSUPPORTED_CODEC',
        `avro.codec is ${codec}; null, deflate, snappy and zstandard can be read`,
      );
  }
}

// `require`, here and below: who reads is not asynchronous, and who only writes does not load the library.
function snappy(): Decompress {
  const { uncompress }: typeof import('snappyjs') = require('snappyjs');
  return (data) => {
    const end = data.length - CRC_BYTES;
    const bytes = uncompress(data.subarray(0, end));
    if (crc32(bytes) !== data.readUInt32BE(end)) throw new Error('the checksum is not that of the data');
    return bytes;
  };
}

function zstandard(): Decompress {
  const { decompress }: typeof import('fzstd') = require('fzstd');
  return (data) => Buffer.from(decompress(data));
}
