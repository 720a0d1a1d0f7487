// What stands around the blocks of a text file: nothing, or one gzip member.
import { deflateRawSync, constants as zlib } from 'node:zlib';
import { zlibBuild } from '../../avro/block-codec';
import { crc32 } from '../../avro/crc32';
import type { FileFormat, Memo } from './format';

/** The part of a format that does not look at its records. */
interface Envelope extends Pick<FileFormat, 'start' | 'block' | 'end' | 'blockBytes'> {
  /** Of the format's id. */
  readonly suffix: string;
  /** Behind the format's own. */
  readonly extension: string;
}

/** @param gzipLevel absent: not compressed */
export function envelope(gzipLevel: number | undefined): Envelope {
  return gzipLevel === undefined ? plain : gzip(gzipLevel);
}

const NOTHING = Buffer.alloc(0);

const plain: Envelope = {
  suffix: '',
  extension: '',
  blockBytes: 64 * 1024,
  start: () => ({ bytes: NOTHING }),
  block: (_file, _memo, _records, bytes) => ({ bytes }),
  end: () => NOTHING,
};

/*
 * RFC 1952. member = %x1F.8B method flags mtime extra-flags os deflated crc32 size
 * Deflate, no flags, no time, an unknown system: nothing of where and when it was written.
 */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** RFC 1951: the last block, which is empty. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/**
 * One member, because not every reader goes on behind the first (Ruby's and PHP's do not). Each block is deflated by
 * itself and ends at a whole byte, so that no more than checksum and size, [crc32, size], need to be remembered.
 */
function gzip(level: number): Envelope {
  return {
    suffix: `/gzip/${level}/${zlibBuild()}`,
    extension: '.gz',
    blockBytes: GZIP_BLOCK_BYTES,
    start: () => ({ bytes: HEADER, memo: [0, 0] }),
    block(_file, memo, _records, bytes) {
      const [checksum, size] = sums(memo);
      return { bytes: deflated(bytes, level), memo: [crc32(bytes, checksum), size + bytes.length] };
    },
    end(_file, memo) {
      const [checksum, size] = sums(memo);
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(checksum, 0);
      trailer.writeUInt32LE(size % 2 ** 32, 4);
      return Buffer.concat([LAST_BLOCK, trailer]);
    },
  };
}

/** A block begins without a past to refer to: the larger, the smaller the file, and the more an open one keeps uncompressed. */
const GZIP_BLOCK_BYTES = 128 * 1024;

/** Not the last block of the stream. */
function deflated(bytes: Buffer, level: number): Buffer {
  return bytes.length === 0 ? NOTHING : deflateRawSync(bytes, { level, finishFlush: zlib.Z_SYNC_FLUSH });
}

function sums(memo: Memo | undefined): [checksum: number, size: number] {
  const [checksum = 0, size = 0] = Array.isArray(memo) ? memo.map(Number) : [];
  return [checksum, size];
}
