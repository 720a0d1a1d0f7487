// What compresses a Parquet file's pages, by the names that `parquet.codec` has for it.
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import { zlibBuild } from '../../avro/block-codec';
import { zstandard } from '../../avro/block-codec-zstandard';
import type { FormatConfig } from '../../config/sink-model';

export interface PageCodec {
  /** Differs wherever the same data may become other bytes: by setting, library or its version. */
  readonly id: string;
  /** Of the file's name, before `.parquet`: parquet-java's CompressionCodecName has it. */
  readonly extension: string;
  /** As the file names it. */
  readonly name: CompressionCodec;
  /** Absent: hyparquet-writer's own, or none. */
  readonly compress?: (page: Uint8Array) => Uint8Array;
}

/** Loads the codec's library when it has one. Throws a ConnectlessError UNSUPPORTED_CODEC. */
export async function pageCodec(codec: Extract<FormatConfig, { kind: 'parquet' }>['codec']): Promise<PageCodec> {
  switch (codec) {
    case 'none':
      return { id: codec, extension: '', name: 'UNCOMPRESSED' };
    case 'snappy':
      return { id: codec, extension: '.snappy', name: 'SNAPPY' };
    case 'gzip':
      return { id: `${codec}/${zlibBuild()}`, extension: '.gz', name: 'GZIP', compress: gzip };
    case 'brotli':
      return { id: `${codec}/${process.versions.brotli}`, extension: '.br', name: 'BROTLI', compress: brotli };
    case 'zstd': {
      const { id, compress } = await zstandard();
      return { id, extension: '.zstd', name: 'ZSTD', compress: (page) => compress(Buffer.from(page)) };
    }
  }
}

const OS_BYTE = 9;
const UNKNOWN_OS = 255;

/** RFC 1952; Node writes the machine's system into the header, and no time. */
function gzip(page: Uint8Array): Uint8Array {
  const member = gzipSync(page);
  member[OS_BYTE] = UNKNOWN_OS;
  return member;
}

/** parquet-java's quality; Brotli's own default, 11, takes a hundred times as long. */
function brotli(page: Uint8Array): Uint8Array {
  return brotliCompressSync(page, { params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } });
}
