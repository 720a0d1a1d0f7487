// The tokens of a header's text: delimiters, and what stands between them.

/** A cursor with one token of look-ahead. */
export interface Tokens {
  readonly text: string;
  /** Behind the token that was looked at. */
  at: number;
  ahead: string | undefined;
}

const DELIMITERS = ':,{}[]"';

export function tokensOf(text: string): Tokens {
  return { text, at: 0, ahead: undefined };
}

export function hasNext({ text, at, ahead }: Tokens): boolean {
  return ahead !== undefined || at < text.length;
}

/** For `rewind`. Blanks that were passed over in looking ahead are behind it. */
export function mark({ at, ahead }: Tokens): number {
  return at - (ahead?.length ?? 0);
}

export function rewind(tokens: Tokens, position: number): void {
  tokens.at = position;
  tokens.ahead = undefined;
}

export function next(tokens: Tokens): string {
  const token = tokens.ahead ?? read(tokens);
  tokens.ahead = undefined;
  return token;
}

/** The text of so many tokens; undefined, and nothing consumed, when there are fewer. */
export function nextFew(tokens: Tokens, count: number): string | undefined {
  const start = mark(tokens);
  for (let left = count; left > 0; left -= 1) {
    if (!hasNext(tokens)) {
      rewind(tokens, start);
      return undefined;
    }
    next(tokens);
  }
  return tokens.text.slice(start, tokens.at);
}

/** Whether the next token that is not blank is this one, which is then consumed. */
export function canConsume(tokens: Tokens, expected: string): boolean {
  if (!hasNext(tokens)) return false;
  tokens.ahead ??= read(tokens);
  while (trimmed(tokens.ahead) === '' && tokens.at < tokens.text.length) tokens.ahead = read(tokens);
  if (trimmed(tokens.ahead) !== expected) return false;
  tokens.ahead = undefined;
  return true;
}

/** Java's: without the blanks and control characters around it. */
export function trimmed(token: string): string {
  let [start, end] = [0, token.length];
  while (start < end && token.charCodeAt(start) <= 0x20) start += 1;
  while (start < end && token.charCodeAt(end - 1) <= 0x20) end -= 1;
  return token.slice(start, end);
}

/** A delimiter, or everything up to one that has no backslash before it. */
function read(tokens: Tokens): string {
  const { text, at: start } = tokens;
  let escaped = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (!escaped && DELIMITERS.includes(character)) break;
    escaped = character === '\\' && !escaped;
  }
  tokens.at = at === start ? at + 1 : at;
  return text.slice(start, tokens.at);
}
