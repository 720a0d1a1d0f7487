// Makes the S3 client that the sink and the state's S3 home use.
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '../config/model';

/** Credentials come from AWS's own chain; `AWS_ACCESS_KEY` and `AWS_SECRET_KEY`, the names of Confluent's tutorial, count when AWS's own variables are absent. */
export function s3Client(config: S3Config): S3Client {
  const credentials = tutorialCredentials(process.env);
  return new S3Client({
    region: config.region,
    forcePathStyle: config.pathStyle,
    ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    // The signature already covers the body's SHA-256: a second checksum in JavaScript would cost more than the rest of the request.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

function tutorialCredentials(env: NodeJS.ProcessEnv): S3ClientConfig['credentials'] {
  const { AWS_ACCESS_KEY: accessKeyId, AWS_SECRET_KEY: secretAccessKey } = env;
  if (env.AWS_ACCESS_KEY_ID !== undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return undefined;
  }
  return { accessKeyId, secretAccessKey };
}
