// Makes the S3 client that the sink and the state's S3 home use.
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { S3Config } from '../config/model';
import type { ObjectsConfig } from '../config/sink-model';

/**
 * Credentials come from AWS's own chain; `AWS_ACCESS_KEY` and `AWS_SECRET_KEY`, the names of Confluent's tutorial, count when AWS's own variables are absent.
 * @param retries the SDK's own when absent
 */
export function s3Client(config: S3Config, retries?: Pick<ObjectsConfig, 'retries' | 'retryBackoffMs'>): S3Client {
  const credentials = tutorialCredentials(process.env);
  return new S3Client({
    region: config.region,
    forcePathStyle: config.pathStyle,
    ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(retries === undefined ? {} : { retryStrategy: retryStrategy(retries) }),
    // The signature already covers the body's SHA-256: a second checksum in JavaScript would cost more than the rest of the request.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Without them, an answer that never comes is waited for until Lambda ends the function.
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
  });
}

/** The AWS SDK for Java's, on which Confluent's sink stands. */
const CONNECTION_TIMEOUT_MS = 10_000;
/** For how long nothing may come or go. While S3 works at a Complete it sends blanks. */
const SILENCE_TIMEOUT_MS = 10_000;

/** `s3.part.retries` and `s3.retry.backoff.ms`: as Confluent's, twice as long each time, and any part of that by chance. */
function retryStrategy({ retries, retryBackoffMs }: Pick<ObjectsConfig, 'retries' | 'retryBackoffMs'>) {
  return new ConfiguredRetryStrategy(
    retries + 1,
    (attempt) => Math.random() * Math.min(retryBackoffMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS),
  );
}

const LONGEST_PAUSE_MS = 20_000;

function tutorialCredentials(env: NodeJS.ProcessEnv): S3ClientConfig['credentials'] {
  const { AWS_ACCESS_KEY: accessKeyId, AWS_SECRET_KEY: secretAccessKey } = env;
  if (env.AWS_ACCESS_KEY_ID !== undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return undefined;
  }
  return { accessKeyId, secretAccessKey };
}
