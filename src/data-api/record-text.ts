// A row in Postgres's text form of a record: `(1,"two words",,"")` is 1, two words, null and the empty text.

/**
 * Values of a record as record_out writes it (PostgreSQL manual, 8.16.6): nothing is null, `""` the empty text; within quotes a
 * quote and a backslash stand twice. A record without columns has one value, null.
 */
export function recordValues(text: string): (string | null)[] {
  const inner = text.slice(1, -1);
  if (!inner.includes('"')) return inner.split(',').map((value) => (value === '' ? null : value));
  const values: (string | null)[] = [];
  for (let at = 0; at <= inner.length; ) {
    const isQuoted = inner[at] === '"';
    const end = isQuoted ? endOfQuoted(inner, at + 1) : endOfPlain(inner, at);
    values.push(isQuoted ? unquoted(inner.slice(at + 1, end - 1)) : inner.slice(at, end) || null);
    at = end + 1;
  }
  return values;
}

function endOfPlain(text: string, from: number): number {
  const comma = text.indexOf(',', from);
  return comma === -1 ? text.length : comma;
}

/** Behind the quote that closes. */
function endOfQuoted(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] !== '"') return quote + 1;
  }
  return text.length;
}

function unquoted(text: string): string {
  return text.replaceAll('""', '"').replaceAll('\\\\', '\\');
}
