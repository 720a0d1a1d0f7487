// Properties that only the deployment on AWS looks at: a function's size and name, its trigger, the topics to create.
import { type Definition, type Row, unsupported, used, type Validator } from '../definition';
import { all, atLeast, atMost, text } from '../validators';

const ON_AWS = 'Used by the deployment on AWS alone.';

/** CloudWatch Logs takes no others: PutRetentionPolicy. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const functionName = text('letters, digits, `-`, `_`, up to 64', (name) =>
  /^[\w-]{1,64}$/.test(name)
    ? undefined
    : { what: 'is no name of a function', write: 'use letters, digits, "-" and "_", up to 64' },
);

/** Lambda and its triggers count in seconds. */
const wholeSeconds: Validator = {
  valid: 'whole seconds',
  check: (value) =>
    typeof value === 'number' && value % 1000 !== 0
      ? { what: 'is no whole number of seconds', write: `write ${Math.ceil(value / 1000) * 1000}` }
      : undefined,
};

const retention: Validator = {
  valid: `one of ${RETENTIONS.join(', ')}`,
  check: (value) => {
    if (typeof value !== 'number' || RETENTIONS.includes(value)) return undefined;
    const next = RETENTIONS.find((days) => days > value) ?? RETENTIONS.at(-1);
    return { what: 'is no retention that CloudWatch has', write: `write ${next}, the next longer one that it has` };
  },
};

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const tags = all(
  text('`key=value`, keys up to 128 and values up to 256 characters, no `aws:` at the beginning', (tag) => {
    const [, key = '', value] = /^([^=]*)=(.*)$/s.exec(tag) ?? [];
    if (key === '' || value === undefined) return { what: 'is no key=value', write: 'write for example team=data' };
    if (/^aws:/i.test(key)) return { what: 'begins with aws:, which is kept for AWS', write: 'name the tag otherwise' };
    if (key.length > 128) return { what: 'has a key of more than 128 characters', write: 'shorten it' };
    if (value.length > 256) return { what: 'has a value of more than 256 characters', write: 'shorten it' };
    if (TAG_CHARACTERS.test(tag)) return undefined;
    return { what: 'has a character that no tag may have', write: 'use letters, digits, spaces and _ . : / = + - @' };
  }),
  {
    valid: 'each key once',
    check: (value) => {
      const keys = Array.isArray(value) ? value.map((tag) => tag.replace(/=.*$/s, '')) : [];
      const again = keys.find((key, index) => keys.indexOf(key) < index);
      return again === undefined ? undefined : { what: `has the tag ${again} twice`, write: 'keep one of them' };
    },
  },
);

/** Lambda's limits in provisioned mode: at least 1 to 200 pollers, at most 1 to 2000. */
const pollers = text('`1`, or `1-4`', (value) => {
  const [, least = '', most = least] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(value) ?? [];
  if (least === '') return { what: 'is no number of pollers', write: 'write one, or the least and the most: 1-4' };
  const [min, max] = [Number(least), Number(most)];
  if (min > max) return { what: 'has the most before the least', write: `write ${max}-${min}` };
  if (min < 1 || min > 200) return { what: 'begins outside 1 to 200', write: 'write 1 to 200 before the -' };
  return max > 2000 ? { what: 'ends above 2000', write: `write ${min}-2000` } : undefined;
});

/** Kafka Connect's -1: as the broker has it. */
const positiveOrBrokers: Validator = {
  valid: '≥ 1, or -1 for what the broker has',
  check: (value) =>
    typeof value === 'number' && value < 1 && value !== -1
      ? { what: 'is neither a number from 1 nor -1', write: 'write a number from 1, or -1 for what the broker has' }
      : undefined,
};

/** Every connector's. */
export const deployment: readonly Definition[] = used([
  [
    'connectless.function.name',
    'string',
    null,
    'low',
    `Name of the function; without it, the name of the pipeline, a dash and that of the connector, dashes in place of dots. ${ON_AWS}`,
    functionName,
  ],
  [
    'connectless.function.memory.mb',
    'int',
    '512',
    'medium',
    `MiB of the function; its share of a CPU grows with them. ${ON_AWS}`,
    all(atLeast(128), atMost(10240)),
  ],
  ['connectless.log.retention.days', 'int', '30', 'low', `How long the function's log is kept. ${ON_AWS}`, retention],
  ['connectless.tags', 'list', '', 'low', `Tags of the function and what belongs to it. ${ON_AWS}`, tags],
]);

/** One name for all kinds, and limits of its own for each. */
export function functionTimeout(default_: number, least: number, most: number): readonly Definition[] {
  const documentation = `How long an invocation of the function may take. ${ON_AWS}`;
  const valid = all(atLeast(least), atMost(most), wholeSeconds);
  return used([['connectless.function.timeout.ms', 'int', String(default_), 'medium', documentation, valid]]);
}

/** Of a connector that reads topics. */
export const trigger: readonly Definition[] = [
  ...functionTimeout(300_000, 1000, 840_000),
  ...used([
    [
      'connectless.trigger.pollers',
      'string',
      null,
      'medium',
      `Pollers of the trigger in provisioned mode, the least and the most; without it, pollers come and go on demand and cost nothing. ${ON_AWS}`,
      pollers,
    ],
    [
      'connectless.trigger.batch.window.ms',
      'int',
      '1000',
      'medium',
      `How long the trigger gathers records. ${ON_AWS}`,
      all(atLeast(0), atMost(300_000), wholeSeconds),
    ],
  ]),
];

const creationRows: readonly Row[] = [
  ['partitions', 'int', '-1', 'medium', `Partitions of a topic that is created. ${ON_AWS}`, positiveOrBrokers],
  ['replication.factor', 'int', '-1', 'medium', `Replicas of each of its partitions. ${ON_AWS}`, positiveOrBrokers],
];

/** Kafka Connect's, of a connector that writes topics. */
export const topicCreation: readonly Definition[] = [
  ...used(creationRows.map(([name, ...rest]): Row => [`topic.creation.default.${name}`, ...rest])),
  ...unsupported('only partitions and replication.factor of topic.creation.default are supported yet', [
    ['topic.creation.*', 'string', null, 'low', 'How topics are created.'],
  ]),
];
