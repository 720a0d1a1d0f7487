// The bucket that holds the state, and the buckets that sinks write: what a function is granted of each.
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { SinkConfig } from '../../src/config/model';
import { ENVIRONMENT } from '../../src/names';
import { explainWildcards } from '../validation';
import { allow, type PipelineFunction } from './pipeline-function';

/** Of the state's keys: what is replaced with `If-Match` is read, too, since S3 asks for both rights. */
export interface StateAccess {
  /** Below these keys. */
  readonly reads: readonly string[];
  /** Below these keys, read as well. */
  readonly writes: readonly string[];
}

/** Keys of the built-in registry's log; none where the registry is somebody else's. */
export function registryState({ registryUrl }: { readonly registryUrl?: string }): readonly string[] {
  return registryUrl === undefined ? ['registry'] : [];
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
  const { topicsDir, directoryDelimiter } = sink;
  const files = bucket.arnForObjects(topicsDir === '' ? '*' : `${topicsDir}${directoryDelimiter}*`);
  explainWildcards(step, [{ wildcard: /[^/]\*$/, reason: 'As of other keys; directory.delim may be no slash.' }]);
  step.handler.addEnvironment(ENVIRONMENT.dataBucket, bucket.bucketName);
  allow(
    step,
    'WriteFiles',
    ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    [files],
  );
  allowList(step, 'ListFiles', bucket);
}

/**
 * Without it S3 answers 403 instead of 404 for an object that is not there, and a condition on the prefix would not hold for that
 * question.
 */
function allowList(step: PipelineFunction, sid: string, bucket: IBucket): void {
  allow(step, sid, ['s3:ListBucket'], [bucket.bucketArn]);
}
