// What a sink does with a record that cannot be written: a rule, and what errors.* say.
import type { Values } from './check';
import { placeOf, type Rule, textOf } from './rule';
import type { ErrorsConfig } from './sink-model';
import { topicMatcher, topicPatternProblem } from './topic-pattern';

export const DEAD_LETTERS = 'errors.deadletterqueue.topic.name';

/** Connect's own rule. */
const deadLettersDoNotComeBack: Rule = (file, values) => {
  const topic = textOf(values, DEAD_LETTERS);
  const pattern = textOf(values, 'topics.regex');
  if (topic === undefined || topic === '' || (pattern !== undefined && topicPatternProblem(pattern))) return [];
  const topics = values.list('topics');
  const reads = topicMatcher(pattern === undefined || pattern === '' ? { topics } : { topics, topicsRegex: pattern });
  if (!reads(topic)) return [];
  const what = 'is a topic that this sink reads, so a dead letter would come back for ever';
  return [{ ...placeOf(file, DEAD_LETTERS), what, write: 'write another topic' }];
};

export const errorRules: readonly Rule[] = [deadLettersDoNotComeBack];

/** Of a file without faults. */
export function buildErrors(values: Values): ErrorsConfig {
  const topic = values.text(DEAD_LETTERS);
  const deadLetters = {
    topic,
    replicationFactor: values.number('errors.deadletterqueue.topic.replication.factor'),
    contextHeaders: values.flag('errors.deadletterqueue.context.headers.enable'),
  };
  return {
    tolerance: values.text('errors.tolerance') === 'all' ? 'all' : 'none',
    ...(topic === '' ? {} : { deadLetters }),
    log: values.flag('errors.log.enable'),
    logMessages: values.flag('errors.log.include.messages'),
    retryTimeoutMs: values.number('errors.retry.timeout'),
    retryDelayMaxMs: values.number('errors.retry.delay.max.ms'),
  };
}
