// Patterns of topics mean in JavaScript what they mean in Java, or are refused by name.
import { describe, expect, test } from '@jest/globals';
import { topicMatcher, topicPatternProblem } from '../../../src/config/topic-pattern';

describe('a sink reads', () => {
  test.each<[string, string[], string[]]>([
    ['prices', ['prices'], ['prices2', 'xprices', '']],
    ['in-.*', ['in-', 'in-a'], ['xin-a', 'in']],
    ['a|b', ['a', 'b'], ['ab', 'ax', 'xb']],
    ['t\\.[a-z]+_\\d{2}', ['t.a_01'], ['txa_01', 't.a_1']],
    ['(?!.*-dlq$).+', ['prices'], ['prices-dlq']],
    ['(?:x|y)(z)\\1', ['xzz', 'yzz'], ['xz']],
  ])('by %s', (topicsRegex, yes, no) => {
    expect(topicPatternProblem(topicsRegex)).toBeUndefined();
    const reads = topicMatcher({ topics: [], topicsRegex });
    expect({ yes: yes.filter((topic) => !reads(topic)), no: no.filter(reads) }).toEqual({ yes: [], no: [] });
  });

  test('the topics that are named, and no others', () => {
    expect(['a', 'b', 'A', 'ab'].filter(topicMatcher({ topics: ['a', 'b'] }))).toEqual(['a', 'b']);
  });
});

test.each([
  ['(?i)prices', "has flags inside it, (?i), which only Java's patterns have"],
  ['a(?i:b)', 'has flags inside it'],
  ['(?s-m).*', 'has flags inside it'],
  ['(?>a+)b', 'has an atomic group'],
  ['a*+b', 'has a possessive quantifier'],
  ['a{2}+', 'has a possessive quantifier'],
  ['[a-z&&[^b]]', 'has a class within a class'],
  ['[a[b]]', 'has a class within a class'],
  ['[^a[b]]', 'has a class within a class'],
  ['\\p{Lower}+', 'has an escape such as'],
  ['\\Qa.b\\E', 'has an escape such as'],
  ['\\Aprices\\z', 'has an escape such as'],
  ['[\\p{Alpha}]', 'has an escape such as'],
  ['(', 'is no regular expression'],
  ['*', 'is no regular expression'],
])('%s is refused', (pattern, what) => expect(topicPatternProblem(pattern)?.what).toContain(what));

test.each([
  '\\(\\?i\\)',
  'a\\*+',
  '\\[a\\[',
  '[\\[]',
  '\\\\Q?',
  'a&&b',
  '[a-z]+[0-9]+',
  '(?=a)a',
  '(?<=a)b',
  '(?<name>a)',
])('%s is not mistaken for what only Java has', (pattern) => expect(topicPatternProblem(pattern)).toBeUndefined());
