// SQL's LIKE, as JDBC's patterns of names are read: % for any text, _ for a character, a backslash before what stands for itself.

/** Matches whole names. */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|[%_]|[\\^$.*+?()[\]{}|/]/gsu, (found, escaped?: string) => {
    if (escaped !== undefined) return literal(escaped);
    return WILD[found] ?? literal(found);
  });
  return new RegExp(`^${source}$`, 'su');
}

const WILD: Readonly<Record<string, string>> = { '%': '.*', _: '.' };

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
