// Patterns of Java's that mean the same in JavaScript; what Java alone has is refused by name.
import type { Problem } from './report';

/** Matches whole texts, as Java's `matches`. Throws a SyntaxError for what `javaPatternProblem` refuses. */
export function wholeMatch(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** Also where JavaScript would take it for something else. `example`: what a valid one looks like. */
export function javaPatternProblem(pattern: string, example: string): Problem | undefined {
  const found = JAVA_ONLY.find(({ construct }) => construct.test(pattern));
  if (found !== undefined) {
    return { what: `has ${found.named}, which only Java's patterns have`, write: found.write };
  }
  try {
    wholeMatch(pattern);
    return undefined;
  } catch {
    return { what: 'is no regular expression', write: `write for example ${example}` };
  }
}

/** A backslash and what it escapes is passed over, so that `\\(?i)` and `[\[]` are what they are. */
const behind = (construct: string) => new RegExp(String.raw`^(?:\\.|[^\\])*?${construct}`, 's');

const JAVA_ONLY: readonly { readonly named: string; readonly construct: RegExp; readonly write: string }[] = [
  {
    named: 'an escape such as \\p{…}, \\Q…\\E or \\A',
    construct: /^(?:\\[^ACEGHLMNPQRVXYZaceghilmopqyz]|[^\\])*?\\[ACEGHLMNPQRVXYZaceghilmopqyz]/s,
    write: 'write the characters themselves, such as [a-z]',
  },
  {
    named: 'flags inside it, (?i)',
    construct: behind(String.raw`\(\?[a-zA-Z-]+[:)]`),
    write: 'write both cases: [Pp]rices',
  },
  { named: 'an atomic group, (?>…)', construct: behind(String.raw`\(\?>`), write: 'write (?:…)' },
  {
    named: 'a possessive quantifier, such as *+',
    construct: behind(String.raw`[*+?}]\+`),
    write: 'leave out the second +',
  },
  {
    named: 'a class within a class, [a[b]] or [a&&[b]]',
    construct: behind(String.raw`\[\^?\]?(?:\\.|[^\\\]])*?(?:\[|&&)`),
    write: 'write one class: [ab]',
  },
];
