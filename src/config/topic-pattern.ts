// Which topics a sink reads: a list of names, or a pattern of Java's.
import { javaPatternProblem, wholeMatch } from './java-pattern';
import type { Problem } from './report';
import type { SinkConfig } from './sink-model';

/** Connect compiles `topics.regex` to a java.util.regex.Pattern, and the consumer matches whole names with it. */
export function topicMatcher({ topics, topicsRegex }: Pick<SinkConfig, 'topics' | 'topicsRegex'>) {
  if (topicsRegex === undefined) return (topic: string) => topics.includes(topic);
  const pattern = wholeMatch(topicsRegex);
  return (topic: string) => pattern.test(topic);
}

export function topicPatternProblem(pattern: string): Problem | undefined {
  return javaPatternProblem(pattern, 'prices-.*');
}
