// Reads a pattern of Joda's (org.joda.time.format.DateTimeFormat): runs of letters, and the text between them.

export type PatternPart =
  /** A run of one letter. */
  { readonly letter: string; readonly count: number } | { readonly text: string };

/** What Joda's own message says of the pattern, or why its z cannot be printed here. */
interface PatternFault {
  readonly fault: string;
}

const LETTERS = 'GCYyxweEDMdaKhHkmsSZ';
const PART = /([A-Za-z])\1*|(?:''|'(?:[^']|'')*(?:'|$)|[^A-Za-z'])+/y;
const QUOTED = /''|'((?:[^']|'')*)(?:'|$)/g;

export function readPattern(pattern: string): readonly PatternPart[] | PatternFault {
  if (pattern === '') return { fault: 'Invalid pattern specification: Pattern is null or empty' };
  const parts: PatternPart[] = [];
  for (let position = 0; position < pattern.length; position = PART.lastIndex) {
    PART.lastIndex = position;
    const [run = '', letter] = PART.exec(pattern) ?? [];
    if (letter === 'z') return { fault: ZONE_NAME };
    if (letter !== undefined && !LETTERS.includes(letter)) return { fault: `Illegal pattern component: ${run}` };
    parts.push(letter === undefined ? { text: literal(run) } : { letter, count: run.length });
  }
  return parts.every((part) => 'text' in part && part.text === '') ? { fault: 'It prints nothing' } : parts;
}

/** Two quotes are one, within quotes and without. */
function literal(run: string): string {
  return run.replace(QUOTED, (_, quoted?: string) => (quoted === undefined ? "'" : quoted.replaceAll("''", "'")));
}

const ZONE_NAME =
  'The letter z prints names of time zones from tables of Java that are not here: write Z (+0100), ZZ (+01:00) or ZZZ (Europe/Berlin)';
