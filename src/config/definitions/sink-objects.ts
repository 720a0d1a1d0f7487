// Properties of the S3 sink that say where objects are, what they are written with, and what becomes of nulls.
import { accepted, type Definition, REQUIRED, unsupported, used } from '../definition';
import {
  all,
  atLeast,
  atMost,
  inAnyCase,
  isPlaceholder,
  isRegion,
  keyPart,
  notEmpty,
  supported,
  text,
} from '../validators';

/** Values in directories are escaped with it. */
const noPercent = text('no `%`', (value) =>
  value.includes('%')
    ? { what: 'holds a %, with which values in directories are escaped', write: 'use another delimiter' }
    : undefined,
);

const bucket = text("a bucket's name, or `<placeholder>`", (value) =>
  isPlaceholder(value) || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)
    ? undefined
    : { what: 'is no name of a bucket', write: 'use 3 to 63 small letters, digits, "-" and "."' },
);

const region = text('a region of AWS', (value) =>
  isPlaceholder(value) || isRegion(value) ? undefined : { what: 'is no region', write: 'write for example us-east-1' },
);

const endpoint = text('`http(s)://host:port`', (url) =>
  /^https?:\/\/[^\s/?#@]+\/?$/.test(url) ? undefined : { what: 'is no endpoint', write: 'write http(s)://host:port' },
);

/** S3's x-amz-acl. */
const ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'log-delivery-write',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'aws-exec-read',
];

export const SSE_ALGORITHMS = ['AES256', 'aws:kms'] as const;
const sse = supported(['', ...SSE_ALGORITHMS], ['aws:kms:dsse'], 'AES256 and aws:kms are');

/** S3 takes ten tags of an object, and three are the sink's own. */
const MOST_TAGS = 7;
const OWN_TAGS = ['startOffset', 'endOffset', 'recordCount'];

const tags = all(
  text('`key:value`, keys up to 128 and values up to 256 characters', (tag) => {
    const [, key = '', value] = /^([^:]*):(.*)$/s.exec(tag) ?? [];
    if (key === '' || value === undefined) return { what: 'is no key:value', write: 'write for example team:data' };
    if (OWN_TAGS.includes(key)) return { what: `has the sink's own tag ${key}`, write: 'name the tag otherwise' };
    if (/^aws:/i.test(tag)) return { what: 'begins with aws:, which is kept for AWS', write: 'name the tag otherwise' };
    if (key.length > 128 || value.length > 256) return { what: 'is longer than a tag may be', write: 'shorten it' };
    if (/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(tag)) return undefined;
    return { what: 'has a character that no tag may have', write: 'use letters, digits, spaces and _ . : / = + - @' };
  }),
  {
    valid: `up to ${MOST_TAGS}, each key once`,
    check: (value) => {
      const keys = Array.isArray(value) ? value.map((tag) => tag.replace(/:.*$/s, '')) : [];
      const again = keys.find((key, index) => keys.indexOf(key) < index);
      if (again !== undefined) return { what: `has the tag ${again} twice`, write: 'keep one of them' };
      return keys.length > MOST_TAGS
        ? {
            what: `has more than ${MOST_TAGS} tags, and S3 takes ten with the sink's own three`,
            write: 'leave some out',
          }
        : undefined;
    },
  },
);

export const place: readonly Definition[] = used([
  ['s3.bucket.name', 'string', REQUIRED, 'high', 'The bucket.', bucket],
  ['s3.region', 'string', 'us-west-2', 'medium', 'Region of the bucket.', region],
  [
    's3.part.size',
    'int',
    '5242880',
    'high',
    "Bytes of a part of a multipart upload. Confluent's default is 26214400; what is in no part yet stands in the state, which each batch writes.",
    atLeast(5_242_880),
  ],
  ['s3.path.style.access.enabled', 'boolean', 'true', 'low', 'Bucket in the path, not in the host name.'],
  ['store.url', 'string', null, 'high', 'Endpoint of another S3.', endpoint],
  ['topics.dir', 'string', 'topics', 'high', 'First part of every key; empty: none.', keyPart],
  ['directory.delim', 'string', '/', 'medium', 'Between the directories of a key.', all(notEmpty, keyPart, noPercent)],
  ['file.delim', 'string', '+', 'medium', "Between the parts of a file's name.", all(notEmpty, keyPart)],
  [
    'filename.offset.zero.pad.width',
    'int',
    '10',
    'low',
    'Digits of the offset in the name.',
    all(atLeast(0), atMost(20)),
  ],
]);

export const objects: readonly Definition[] = [
  ...used([
    ['s3.part.retries', 'int', '3', 'medium', 'Attempts of a failed request beside the first.', atLeast(0)],
    ['s3.retry.backoff.ms', 'long', '200', 'low', 'Pause before the first of them; it doubles.', atLeast(0)],
    [
      's3.object.tagging',
      'boolean',
      'false',
      'low',
      `Tags objects with ${OWN_TAGS.map((tag) => `\`${tag}\``).join(', ')}.`,
    ],
    ['s3.object.tagging.key.value.pairs', 'list', '', 'low', 'Further tags.', tags],
    [
      's3.object.behavior.on.tagging.error',
      'string',
      'ignore',
      'low',
      'What happens when tagging fails.',
      inAnyCase('ignore', 'fail'),
    ],
    ['s3.ssea.name', 'string', '', 'low', "Encryption on the server; empty: the bucket's own.", sse],
    ['s3.sse.kms.key.id', 'string', '', 'low', 'Key of KMS, with `s3.ssea.name=aws:kms`; empty: the one of AWS.'],
    ['s3.acl.canned', 'string', null, 'low', 'Access control list of objects.', supported(ACLS, [], '')],
  ]),
  ...unsupported('every reader would need that key, too: write s3.ssea.name=aws:kms in its place', [
    ['s3.sse.customer.key', 'password', null, 'low', "The customer's key."],
  ]),
  ...unsupported('a function stands beside its bucket, so the accelerated endpoint would only cost', [
    ['s3.wan.mode', 'boolean', 'false', 'medium', 'Accelerated endpoint.'],
  ]),
  ...unsupported("credentials come from AWS's own chain, or AWS_ACCESS_KEY and AWS_SECRET_KEY in the environment", [
    ['aws.access.key.id', 'password', '', 'high', 'Access key.'],
    ['aws.secret.access.key', 'password', '', 'high', 'Secret key.'],
    [
      's3.credentials.provider.class',
      'class',
      'com.amazonaws.auth.DefaultAWSCredentialsProviderChain',
      'low',
      'Provider of credentials.',
    ],
    ['s3.credentials.provider.*', 'password', null, 'low', 'Settings of that provider.'],
  ]),
  ...unsupported('a proxy is not supported', [['s3.proxy.*', 'password', null, 'low', 'Proxy before S3.']]),
  ...accepted('A failed batch is tried again by the trigger, in its own time.', [
    ['retry.backoff.ms', 'long', '5000', 'low', 'Pause before the connector is tried again.', atLeast(0)],
  ]),
  ...accepted('The SDK sends a checksum with every part, and asks first where that helps.', [
    ['s3.http.send.expect.continue', 'boolean', 'true', 'low', 'Asks before sending a body.'],
    ['s3.send.digest', 'boolean', 'false', 'low', 'Sends an MD5 with every part.'],
  ]),
  ...accepted('An open file is an object in the state store, not a buffer.', [
    ['s3.elastic.buffer.*', 'string', null, 'low', "Growth of a file's buffer."],
    ['schema.cache.size', 'int', '1000', 'low', 'Schemas in the cache.'],
    ['shutdown.timeout.ms', 'long', '3000', 'medium', 'How long closing may take.'],
  ]),
];

export const nulls: readonly Definition[] = used([
  [
    'behavior.on.null.values',
    'string',
    'fail',
    'low',
    'What happens to null values; `write` stores their keys alone, with `store.kafka.keys`.',
    inAnyCase('fail', 'ignore', 'write'),
  ],
  [
    'report.null.values.to.dlq',
    'boolean',
    'true',
    'low',
    'Ignored null values become dead letters where there is a topic for them.',
  ],
  [
    'tombstone.encoded.partition',
    'string',
    'tombstone',
    'low',
    'Directory of the keys of null values.',
    all(notEmpty, keyPart),
  ],
]);
