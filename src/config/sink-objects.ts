// What a sink writes objects with, and what becomes of nulls: a rule, and what the properties say.
import type { Values } from './check';
import { SSE_ALGORITHMS } from './definitions/sink-objects';
import { isFilled, placeOf, type Rule, textOf } from './rule';
import type { NullsConfig, ObjectsConfig } from './sink-model';

const SSE = 's3.ssea.name';
const KMS_KEY = 's3.sse.kms.key.id';

/** Confluent's takes no notice of the key, and the objects would not be encrypted with it. */
const kmsKeyHasItsAlgorithm: Rule = (file, values) => {
  const key = textOf(values, KMS_KEY);
  const isBroken = isFilled(file, SSE) && textOf(values, SSE) === '';
  if (key === undefined || key === '' || isBroken || textOf(values, SSE) === 'aws:kms') return [];
  return [
    {
      ...placeOf(file, KMS_KEY),
      what: `has no effect without ${SSE}=aws:kms`,
      write: 'add that line, or delete this one',
    },
  ];
};

export const objectRules: readonly Rule[] = [kmsKeyHasItsAlgorithm];

/** Of a file without faults. */
export function buildObjects(values: Values): ObjectsConfig {
  const algorithm = SSE_ALGORITHMS.find((known) => known === values.text(SSE));
  const kmsKeyId = values.text(KMS_KEY);
  const acl = textOf(values, 's3.acl.canned');
  return {
    ...(values.flag('s3.object.tagging') ? { tagging: buildTagging(values) } : {}),
    ...(algorithm === undefined ? {} : { sse: { algorithm, ...(kmsKeyId === '' ? {} : { kmsKeyId }) } }),
    ...(acl === undefined ? {} : { acl }),
    retries: values.number('s3.part.retries'),
    retryBackoffMs: values.number('s3.retry.backoff.ms'),
  };
}

function buildTagging(values: Values): NonNullable<ObjectsConfig['tagging']> {
  const extra = values.list('s3.object.tagging.key.value.pairs').map((tag): [string, string] => {
    const colon = tag.indexOf(':');
    return [tag.slice(0, colon), tag.slice(colon + 1)];
  });
  const onError = values.text('s3.object.behavior.on.tagging.error').toLowerCase();
  return { extra: Object.fromEntries(extra), onError: onError === 'fail' ? 'fail' : 'ignore' };
}

export function buildNulls(values: Values): NullsConfig {
  const behavior = values.text('behavior.on.null.values').toLowerCase();
  return {
    behavior: behavior === 'ignore' || behavior === 'write' ? behavior : 'fail',
    toDeadLetters: values.flag('report.null.values.to.dlq'),
    directory: values.text('tombstone.encoded.partition'),
  };
}
