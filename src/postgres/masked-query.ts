// A query's text without its values: fit for a log.

const LONGEST = 100;
const LETTER = String.raw`[a-zA-Z_\u0080-\uffff]`;
/**
 * What Postgres's lexer makes of a text (manual, 4.1). What does not end, or may be read in two ways, is a value up to the end of
 * the text: pg_stat_activity cuts queries off, no expression counts comments in comments, and whether a backslash hides a quote
 * is the session's standard_conforming_strings.
 */
const TOKENS = [
  String.raw`(?<comment>/\*(?:(?!\*/|/\*)[\s\S])*\*/|--[^\n\r]*)`,
  String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'(?!')`,
  String.raw`'(?:[^'\\]|''|\\(?!'))*'(?!')`,
  String.raw`\$(?<tag>(?:${LETTER}[\w\u0080-\uffff]*)?)\$[\s\S]*?\$\k<tag>\$`,
  String.raw`(?<name>"(?:[^"]|"")*"(?!")|${LETTER}[\w$\u0080-\uffff]*|\$\d+)`,
  String.raw`\.?\d[\w.]*`,
  String.raw`(?:/\*|['"]|\$(?:${LETTER}[\w\u0080-\uffff]*)?\$)[\s\S]*$`,
];
const TOKEN = new RegExp(TOKENS.join('|'), 'g');

/** Names stay. */
export function maskedQuery(query: string): string {
  const kept = (_token: string, comment?: string, _tag?: string, name?: string) => (comment ? ' ' : (name ?? '?'));
  const masked = query.replace(TOKEN, kept).replace(/\s+/g, ' ').trim();
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST)}…`;
}
