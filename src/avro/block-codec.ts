// What compresses the blocks of a container file, by the names that `avro.codec` has for it.
import { deflateRawSync } from 'node:zlib';
import { zstandard } from './block-codec-zstandard';
import { crc32 } from './crc32';

export interface BlockCodec {
  /** Differs wherever the same data may become other bytes: by setting, library or its version. */
  readonly id: string;
  compress(data: Buffer): Uint8Array;
}

export type CodecName = 'null' | 'deflate' | 'snappy' | 'zstandard';

/** Loads the codec's library when it has one. Throws a ConnectlessError UNSUPPORTED_CODEC. */
export async function blockCodec(name: CodecName, deflateLevel: number): Promise<BlockCodec> {
  switch (name) {
    case 'null':
      return { id: name, compress: (data) => data };
    case 'deflate':
      return {
        id: `${name}/${deflateLevel}/${zlibBuild()}`,
        compress: (data) => deflateRawSync(data, { level: deflateLevel }),
      };
    case 'snappy':
      return snappy();
    case 'zstandard':
      return zstandard();
  }
}

/**
 * Node's zlib is Chromium's, whose hash of strings, and with it the choice among matches, may change with its version and
 * with the processor's instructions.
 */
export function zlibBuild(): string {
  return `zlib-${process.versions.zlib}-${process.arch}`;
}

/** Avro: a raw Snappy block, and behind it the big-endian CRC-32 of what it was made of. */
async function snappy(): Promise<BlockCodec> {
  const { compress } = await import('snappyjs');
  return {
    id: 'snappy/snappyjs-0.7',
    compress(data) {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32(data));
      return Buffer.concat([compress(data), checksum]);
    },
  };
}
