// Connect's errors.*: what happens to a record that cannot be written.
import { accepted, type Definition, unsupported, used } from '../definition';
import { atLeast, emptyOr, oneOf, topicNames } from '../validators';

const replicas = {
  valid: "≥ 1, or -1: the broker's own",
  check: (value: unknown) =>
    typeof value === 'number' && value < 1 && value !== -1
      ? { what: 'is neither a number from 1 nor -1', write: "write a number from 1, or -1 for the broker's own" }
      : undefined,
};

/** Of sinks. */
export const sinkErrors: readonly Definition[] = used([
  [
    'errors.tolerance',
    'string',
    'none',
    'medium',
    '`none`: a record that cannot be written stops its partition; `all`: it is passed over.',
    oneOf('none', 'all'),
  ],
  [
    'errors.deadletterqueue.topic.name',
    'string',
    '',
    'medium',
    'Topic for the records that could not be written; empty: none.',
    emptyOr(topicNames),
  ],
  [
    'errors.deadletterqueue.topic.replication.factor',
    'int',
    '3',
    'medium',
    'Replicas of that topic where it is created.',
    replicas,
  ],
  [
    'errors.deadletterqueue.context.headers.enable',
    'boolean',
    'false',
    'medium',
    'Dead letters say in headers, `__connect.errors.*`, where they came from and what was wrong.',
  ],
  ['errors.log.enable', 'boolean', 'false', 'medium', 'Logs records that are passed over.'],
  [
    'errors.log.include.messages',
    'boolean',
    'false',
    'medium',
    'Logs topic, partition, offset and timestamp of them; never key or value.',
  ],
  [
    'errors.retry.timeout',
    'long',
    '0',
    'medium',
    'How long a failed operation is tried again, in milliseconds; -1: for ever.',
    atLeast(-1),
  ],
  [
    'errors.retry.delay.max.ms',
    'long',
    '60000',
    'medium',
    'Longest pause between two attempts, in milliseconds.',
    atLeast(0),
  ],
]);

/** Of a source and a processor, which have no dead letters. */
export const noErrors: readonly Definition[] = [
  ...unsupported('a record that cannot be written stops its partition; there is no other way yet', [
    ['errors.tolerance', 'string', 'none', 'medium', 'What to do with records that cannot be written.'],
    ['errors.deadletterqueue.topic.name', 'string', '', 'medium', 'Topic for such records.'],
    ['errors.retry.timeout', 'long', '0', 'medium', 'How long a failed operation is tried again.'],
  ]),
  ...accepted('Without a dead-letter queue they have nothing to set.', [
    ['errors.deadletterqueue.topic.replication.factor', 'int', '3', 'medium', 'Replicas of that topic.'],
    ['errors.deadletterqueue.context.headers.enable', 'boolean', 'false', 'medium', 'Headers with the reason.'],
    ['errors.retry.delay.max.ms', 'long', '60000', 'medium', 'Longest pause between attempts.'],
  ]),
  ...accepted('An error is always logged, with topic, partition and offset.', [
    ['errors.log.enable', 'boolean', 'false', 'medium', 'Logs errors.'],
  ]),
  ...unsupported('what a record holds is never logged', [
    ['errors.log.include.messages', 'boolean', 'false', 'medium', 'Logs the record that failed.'],
  ]),
];
