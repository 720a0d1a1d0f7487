// The text that a header's text becomes on its way through Connect's SimpleHeaderConverter and back: Values.parseString, convertToString.

import { numberOf, temporalOf } from './scalar';
import { canConsume, hasNext, mark, next, nextFew, rewind, type Tokens, tokensOf, trimmed } from './tokens';
import { aligned, commonType } from './types';
import { type Entry, type HeaderValue, printed } from './value';

/** Deeper nesting is text. */
const DEEPEST = 500;

/** What is no array or map after all: its text is then a string. */
class NoCollection extends Error {}

/**
 * Numbers lose their form (`+5` and `5.0` become `5`, `0.123456789` the float `0.12345679`), arrays and maps their blanks, and
 * what stands behind a number and a comma or a colon is dropped, as Connect does it. Undefined: the text is `null`, Connect's null.
 */
export function simpleHeaderText(text: string): string | undefined {
  if (text === '') return '';
  const value = parse(tokensOf(text), false, 0);
  return value === null ? undefined : printed(value, false);
}

function parse(tokens: Tokens, embedded: boolean, depth: number): HeaderValue | null {
  if (!hasNext(tokens)) return null;
  if (embedded && canConsume(tokens, '"')) return quoted(tokens, depth);
  if (isOnly(tokens, embedded, 'null')) return null;
  if (isOnly(tokens, embedded, 'true')) return { type: 'boolean', value: true };
  if (isOnly(tokens, embedded, 'false')) return { type: 'boolean', value: false };
  return collection(tokens, depth) ?? scalar(tokens, embedded);
}

/** Whether the next token is this word, and at the top nothing stands behind it. */
function isOnly(tokens: Tokens, embedded: boolean, word: string): boolean {
  const start = mark(tokens);
  if (canConsume(tokens, word) && (embedded || !hasNext(tokens))) return true;
  rewind(tokens, start);
  return false;
}

/** A string, unless it is a date, a time or both. */
function quoted(tokens: Tokens, depth: number): HeaderValue {
  let content = '';
  while (hasNext(tokens) && !canConsume(tokens, '"')) content += next(tokens);
  if (content === '' || depth > DEEPEST) return { type: 'string', value: content };
  const parsed = parse(tokensOf(content), false, depth + 1);
  return parsed !== null && 'ms' in parsed ? parsed : { type: 'string', value: content };
}

function collection(tokens: Tokens, depth: number): HeaderValue | undefined {
  const start = mark(tokens);
  try {
    if (canConsume(tokens, '[')) return array(tokens, depth + 1);
    if (canConsume(tokens, '{')) return map(tokens, depth + 1);
  } catch (error) {
    if (!(error instanceof NoCollection)) throw error;
    rewind(tokens, start);
  }
  return undefined;
}

function array(tokens: Tokens, depth: number): HeaderValue {
  const items: Array<HeaderValue | null> = [];
  while (hasNext(tokens) && depth < DEEPEST) {
    if (canConsume(tokens, ']')) return { type: 'array', items: alignedItems(items) };
    if (canConsume(tokens, ',')) break;
    items.push(parse(tokens, true, depth));
    const behind = mark(tokens);
    if (canConsume(tokens, ']')) rewind(tokens, behind);
    else if (!canConsume(tokens, ',')) break;
  }
  throw new NoCollection();
}

function map(tokens: Tokens, depth: number): HeaderValue {
  const entries: Entry[] = [];
  while (hasNext(tokens) && depth < DEEPEST) {
    if (canConsume(tokens, '}')) return { type: 'map', entries: alignedEntries(entries) };
    if (canConsume(tokens, ',')) break;
    const key = parse(tokens, true, depth);
    if (key === null || !canConsume(tokens, ':')) break;
    entries.push([key, parse(tokens, true, depth)]);
    canConsume(tokens, ',');
  }
  throw new NoCollection();
}

/** Connect leaves the values as they are when the keys share no type; values that others replace count for theirs. */
function alignedEntries(entries: readonly Entry[]): readonly Entry[] {
  const keyType = commonType(entries.map(([key]) => key));
  const valueType = keyType === undefined ? undefined : commonType(entries.map(([, value]) => value));
  const alike = lastOfEach(entries).map(
    ([key, value]): Entry => [
      keyType === undefined ? key : (aligned(key, keyType) ?? notAligned()),
      valueType === undefined ? value : (aligned(value, valueType) ?? notAligned()),
    ],
  );
  return lastOfEach(alike);
}

/** The last value of each key, where the key stood first. Dates and times are alike when they are the same moment. */
function lastOfEach(entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Entry>();
  for (const [key, value] of entries) {
    const identity = 'ms' in key ? `${key.ms}` : `${key.type} ${printed(key, true)}`;
    byKey.set(identity, [byKey.get(identity)?.[0] ?? key, value]);
  }
  return [...byKey.values()];
}

/** As values of the one type that they share; as they are when they share none. */
function alignedItems(items: ReadonlyArray<HeaderValue | null>): ReadonlyArray<HeaderValue | null> {
  const type = commonType(items);
  if (type === undefined) return items;
  return items.map((item) => aligned(item, type) ?? notAligned());
}

function notAligned(): never {
  throw new NoCollection();
}

function scalar(tokens: Tokens, embedded: boolean): HeaderValue {
  const raw = next(tokens);
  const token = trimmed(raw);
  if (token === '') return { type: 'string', value: raw };
  const found = (/^\d/.test(token) ? temporal(tokens, token) : undefined) ?? numberOf(token);
  if (found !== undefined) return found;
  if (embedded) throw new NoCollection();
  return { type: 'string', value: tokens.text };
}

/** The colons of a time make five tokens of it. */
function temporal(tokens: Tokens, token: string): HeaderValue | undefined {
  const position = mark(tokens);
  const found = temporalOf(token + (nextFew(tokens, 4) ?? ''));
  if (found !== undefined) return found;
  rewind(tokens, position);
  return temporalOf(token);
}
