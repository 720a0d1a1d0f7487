// Named parameters of a statement: `:name` becomes `$1`, but not in casts, strings, identifiers, comments and dollar quotes.
import { Failure } from './failure';

export interface Parsed {
  /** Pieces of the statement's text around the parameters: one more than there are names. */
  readonly pieces: readonly string[];
  /** The parameters' names in the order of their places. */
  readonly names: readonly string[];
}

/**
 * One alternative for each thing that is passed over whole (PostgreSQL manual, 4.1); then the parameter, and the end of a
 * statement. Nested comments are no regular language: their end is looked for apart.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<![\w$])[eE]'(?:[^'\\]|''|\\[\s\S])*'`,
    `'(?:[^']|'')*'`,
    `"(?:[^"]|"")*"`,
    '--[^\\n\\r]*',
    String.raw`(?<comment>/\*)`,
    String.raw`(?<![\w$])(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?\k<tag>`,
    '::',
    ':(?<name>[A-Za-z_][A-Za-z0-9_]*)',
    '(?<end>;)',
  ].join('|'),
  'g',
);

/** Throws ValidationException for several statements in one text. */
export function parseParameters(sql: string): Parsed {
  const pieces: string[] = [];
  const names: string[] = [];
  const token = new RegExp(TOKEN);
  let from = 0;
  for (let match = token.exec(sql); match !== null; match = token.exec(sql)) {
    const { name, comment, end } = match.groups ?? {};
    if (comment !== undefined) token.lastIndex = endOfComment(sql, match.index);
    if (end !== undefined && !isBlank(sql.slice(token.lastIndex))) {
      throw new Failure('ValidationException', "Multistatements aren't supported");
    }
    if (name === undefined) continue;
    pieces.push(sql.slice(from, match.index));
    names.push(name);
    from = token.lastIndex;
  }
  return { pieces: [...pieces, sql.slice(from)], names };
}

function endOfComment(sql: string, start: number): number {
  const bracket = /\/\*|\*\//g;
  bracket.lastIndex = start;
  let depth = 0;
  for (let match = bracket.exec(sql); match !== null; match = bracket.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  return sql.length;
}

/** Nothing but space, comments and further semicolons. */
function isBlank(sql: string): boolean {
  return /^(?:\s|;|--[^\n\r]*|\/\*(?:(?!\*\/)[\s\S])*\*\/)*$/.test(sql);
}
