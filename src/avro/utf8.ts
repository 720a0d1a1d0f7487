// Whether bytes are UTF-8: no overlong form, no half of a surrogate pair, nothing beyond U+10FFFF.

/*
 * character = %x00-7F
 *           / %xC2-DF tail
 *           / %xE0-EF second tail              second: tail, but %xA0-BF after E0, %x80-9F after ED
 *           / %xF0-F4 second tail tail         second: tail, but %x90-BF after F0, %x80-8F after F4
 * tail      = %x80-BF
 */

/**
 * Whether the bytes from `position` to `end` are whole characters. A string in a datum is short, and a call of Node's own
 * `isUtf8` takes longer than reading it here.
 */
export function isText(bytes: Uint8Array, position: number, end: number): boolean {
  let at = position;
  while (at < end) {
    const size = sizeAt(bytes, at);
    if (size === 0) return false;
    at += size;
  }
  return at === end;
}

/** Bytes of the character, which may lie beyond the end; 0: it is none. */
function sizeAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || !isSecond(lead, bytes[at + 1] ?? 0)) return 0;
  if (lead < 0xe0) return 2;
  if (!isTail(bytes[at + 2] ?? 0)) return 0;
  if (lead < 0xf0) return 3;
  return isTail(bytes[at + 3] ?? 0) ? 4 : 0;
}

function isSecond(lead: number, byte: number): boolean {
  if (lead === 0xe0) return byte >= 0xa0 && byte <= 0xbf;
  if (lead === 0xed) return byte >= 0x80 && byte <= 0x9f;
  if (lead === 0xf0) return byte >= 0x90 && byte <= 0xbf;
  if (lead === 0xf4) return byte >= 0x80 && byte <= 0x8f;
  return isTail(byte);
}

function isTail(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
