// Zstandard: Node's own library from 22.15 on, and before the same one as WebAssembly, five times slower.
import * as zlib from 'node:zlib';

/** The default of Zstandard, and of Avro for Java. */
const LEVEL = 3;
/** `zlib.constants.ZSTD_c_compressionLevel` */
const COMPRESSION_LEVEL = 100;

/** A `BlockCodec`. */
interface Zstandard {
  readonly id: string;
  compress(data: Buffer): Uint8Array;
}

type Compress = (data: Uint8Array, options: { params: Readonly<Record<number, number>> }) => Buffer;

/** Both libraries make the same bytes of the same data when their versions are the same, on every processor. */
export async function zstandard(): Promise<Zstandard> {
  const { zstdCompressSync } = zlib as { readonly zstdCompressSync?: Compress };
  if (zstdCompressSync === undefined) return webAssembly();
  return {
    id: idOf(process.versions.zstd ?? `node-${process.versions.node}`),
    compress: (data) => zstdCompressSync(data, { params: { [COMPRESSION_LEVEL]: LEVEL } }),
  };
}

async function webAssembly(): Promise<Zstandard> {
  const { Zstd } = await import('@hpcc-js/wasm-zstd');
  const library = await Zstd.load();
  return { id: idOf(library.version()), compress: (data) => library.compress(data, LEVEL) };
}

function idOf(version: string): string {
  return `zstandard/${LEVEL}/zstd-${version}`;
}
