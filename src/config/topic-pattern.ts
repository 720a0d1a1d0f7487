// Which topics a sink reads: a list of names, or a pattern of Java's that means the same in JavaScript.

import type { Problem } from './report';
import type { SinkConfig } from './sink-model';

/** Connect compiles `topics.regex` to a java.util.regex.Pattern, and the consumer matches whole names with it. */
export function topicMatcher({ topics, topicsRegex }: Pick<SinkConfig, 'topics' | 'topicsRegex'>) {
  if (topicsRegex === undefined) return (topic: string) => topics.includes(topic);
  const pattern = wholeName(topicsRegex);
  return (topic: string) => pattern.test(topic);
}

/** What Java reads otherwise than JavaScript is refused by name, even where JavaScript would take it for something else. */
export function topicPatternProblem(pattern: string): Problem | undefined {
  const found = JAVA_ONLY.find(({ construct }) => construct.test(pattern));
  if (found !== undefined) {
    return { what: `has ${found.named}, which only Java's patterns have`, write: found.write };
  }
  try {
    wholeName(pattern);
    return undefined;
  } catch {
    return { what: 'is no regular expression', write: 'write for example prices-.*' };
  }
}

function wholeName(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
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
