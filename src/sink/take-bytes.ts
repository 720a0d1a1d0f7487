// Takes bytes off a list of chunks.

/** The first `size` bytes of the chunks, which must have as many; they are gone from the list. */
export function takeBytes(chunks: Buffer[], size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  let whole = 0;
  for (const chunk of chunks) {
    const copied = chunk.copy(bytes, filled);
    filled += copied;
    if (copied < chunk.length) {
      chunks[whole] = chunk.subarray(copied);
      break;
    }
    whole += 1;
  }
  chunks.splice(0, whole);
  return bytes;
}
