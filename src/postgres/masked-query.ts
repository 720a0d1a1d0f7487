// A query's text without its values: fit for a log.

const LONGEST = 100;
/** Strings, dollar-quoted strings (the last one may be cut off by pg_stat_activity), numbers. */
const VALUES = /\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|'(?:[^']|'')*(?:'|$)|(?<![\w$])\d+(?:\.\d+)?/g;

export function maskedQuery(query: string): string {
  const masked = query.replace(VALUES, '?').replace(/\s+/g, ' ').trim();
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST)}…`;
}
