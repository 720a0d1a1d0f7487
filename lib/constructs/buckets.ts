// The bucket that holds the state, and the buckets that sinks write: what a function is granted of each.
import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { SinkConfig } from '../../src/config/sink-model';
import { isPlaceholder } from '../../src/config/validators';
import { ENVIRONMENT } from '../../src/names';
import { isToBeMade } from '../deployment/address';
import type { Registries } from '../deployment/registries';
import { explainWildcards } from '../validation';
import { allow, type PipelineFunction } from './pipeline-function';

/** Of the state's keys: what is replaced with `If-Match` is read, too, since S3 asks for both rights. */
export interface StateAccess {
  /** Below these keys. */
  readonly reads: readonly string[];
  /** Below these keys, read as well. */
  readonly writes: readonly string[];
}

/** Keys of the built-in registry's log; none where nobody asks it. */
export function registryState({ builtIn }: Pick<Registries, 'builtIn'>): readonly string[] {
  return builtIn ? ['registry'] : [];
}

/** Everything that a connector keeps. */
export function connectorState(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** Of the keys below the function's own prefix, with the bucket's name in the environment. */
export function grantState(step: PipelineFunction, bucket: IBucket, { reads, writes }: StateAccess): void {
  const prefix = step.statePrefix;
  const below = (key: string) => bucket.arnForObjects([...(prefix === '' ? [] : [prefix]), key, '*'].join('/'));
  step.handler.addEnvironment(ENVIRONMENT.stateBucket, bucket.bucketName);
  allow(step, 'ReadState', ['s3:GetObject'], [...reads, ...writes].map(below));
  allow(step, 'WriteState', ['s3:PutObject'], writes.map(below));
  allowList(step, 'ListState', bucket);
}

/** Files are made, never overwritten and never deleted; what is there is compared after a crash. */
export function grantFiles(step: PipelineFunction, bucket: IBucket, sink: SinkConfig): void {
  const { topicsDir, directoryDelimiter, objects } = sink;
  const files = bucket.arnForObjects(topicsDir === '' ? '*' : `${topicsDir}${directoryDelimiter}*`);
  explainWildcards(step, [{ wildcard: /[^/]\*$/, reason: 'As of other keys; directory.delim may be no slash.' }]);
  step.handler.addEnvironment(ENVIRONMENT.dataBucket, bucket.bucketName);
  allow(
    step,
    'WriteFiles',
    [
      's3:PutObject',
      's3:GetObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
      ...(objects.tagging === undefined ? [] : ['s3:PutObjectTagging']),
      ...(objects.acl === undefined ? [] : ['s3:PutObjectAcl']),
    ],
    [files],
  );
  // S3 has no condition for the prefix of this list.
  allow(step, 'ListUploads', ['s3:ListBucketMultipartUploads'], [bucket.bucketArn]);
  allowList(step, 'ListFiles', bucket);
  grantKey(step, sink);
}

/** S3 asks KMS on behalf of the function: for a new file, and, of what is encrypted, to join its parts and to compare it. */
function grantKey(step: PipelineFunction, { bucket, objects: { sse }, s3 }: SinkConfig): void {
  // Without a key's name it is the account's own of S3, whose policy lets in whoever may use S3.
  if (sse?.algorithm !== 'aws:kms' || sse.kmsKeyId === undefined) return;
  const { partition, region, account } = Stack.of(step);
  // A key is in the region of its bucket.
  const keyRegion = isToBeMade(bucket) || isPlaceholder(s3.region) ? region : s3.region;
  const arn = sse.kmsKeyId.startsWith('arn:')
    ? sse.kmsKeyId
    : `arn:${partition}:kms:${keyRegion}:${account}:key/${sse.kmsKeyId}`;
  allow(step, 'EncryptFiles', ['kms:GenerateDataKey', 'kms:Decrypt'], [arn]);
}

/**
 * Without it S3 answers 403 instead of 404 for an object that is not there, and a condition on the prefix would not hold for that
 * question.
 */
function allowList(step: PipelineFunction, sid: string, bucket: IBucket): void {
  allow(step, sid, ['s3:ListBucket'], [bucket.bucketArn]);
}
