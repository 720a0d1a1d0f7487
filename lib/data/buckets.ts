// The buckets that a deployment makes: one for the files, one for the state. Both outlive the stack.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { STATE_PREFIX } from '../deployment/worker-edits';
import { explain } from '../validation';

const BOTH: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

const ACCESS_LOGS =
  'Server access logs are best effort and need a bucket of their own; who wants every request has them in CloudTrail data events.';

/**
 * An upload is a part of an open file, and its records may be gone from the topic: it ends only when nobody can be waiting for it
 * any more.
 */
const UPLOADS_END_AFTER = Duration.days(90);
/** What is replaced with every batch, up to a part of a file in size, is kept for an accident of today. */
const OLD_POSITIONS_END_AFTER = Duration.days(1);
/** The registry's log is small, and without it no record can be read. */
const OLD_SCHEMAS_END_AFTER = Duration.days(90);

/** Files are written once, so a version beside them would never be made. */
export function makeDataBucket(scope: Construct, id: string): IBucket {
  const bucket = new Bucket(scope, id, {
    ...BOTH,
    lifecycleRules: [{ id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: UPLOADS_END_AFTER }],
  });
  explain(bucket, 'S1', ACCESS_LOGS);
  return bucket as IBucket;
}

export function makeStateBucket(scope: Construct, id: string): IBucket {
  const bucket = new Bucket(scope, id, {
    ...BOTH,
    versioned: true,
    lifecycleRules: [
      ...['source', 'processor', 'sink'].map((kind) => ({
        id: `old-${kind}`,
        prefix: `${STATE_PREFIX}/${kind}/`,
        noncurrentVersionExpiration: OLD_POSITIONS_END_AFTER,
      })),
      {
        id: 'old-schemas',
        prefix: `${STATE_PREFIX}/registry/`,
        noncurrentVersionExpiration: OLD_SCHEMAS_END_AFTER,
      },
      { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  explain(bucket, 'S1', ACCESS_LOGS);
  return bucket as IBucket;
}
