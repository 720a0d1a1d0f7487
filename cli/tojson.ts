// `connectless tojson`: prints an Avro container file as JSON.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { containerValues } from '../src/avro/container-values';
import { valueJson } from '../src/avro/json-encode';
import { ConnectlessError, messageOf } from '../src/errors';
import { bucketObjects } from '../src/s3/bucket';
import { s3Client } from '../src/s3/client';

const EXAMPLE = `
Example:
  $ connectless tojson prices.avro
  $ connectless tojson s3://bucket/topics/prices/partition=0/prices+0+0000000000.avro --endpoint-url http://localhost:4566`;

/** As avro-tools' command of that name. */
export function tojsonCommand(): Command {
  return new Command('tojson')
    .description('print the records of an Avro file as JSON, one a line')
    .argument('<file>', 'a path, or s3://bucket/key')
    .option('--endpoint-url <url>', "another S3 than AWS's")
    .addHelpText('after', EXAMPLE)
    .action(async (file: string, { endpointUrl }: { endpointUrl?: string }) => {
      const bytes = await contentOf(file, endpointUrl);
      try {
        for (const line of jsonLines(bytes)) process.stdout.write(`${line}\n`);
      } catch (error) {
        const code = error instanceof ConnectlessError ? error.code : 'INVALID_CONTAINER';
        throw new ConnectlessError(code, `${file}: ${messageOf(error)}`, { cause: error });
      }
    });
}

function* jsonLines(bytes: Buffer): Iterable<string> {
  const { schema, values } = containerValues(bytes);
  for (const value of values) yield valueJson(schema, value);
}

async function contentOf(file: string, endpointUrl: string | undefined): Promise<Buffer> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(file) ?? [];
  if (bucket !== undefined && key !== undefined) return objectContent(bucket, key, endpointUrl);
  if (file.startsWith('s3:')) throw new ConnectlessError('USAGE', `${file}: write s3://bucket/key.`);
  return readFile(file).catch((error) => {
    throw new ConnectlessError('FILE_UNREADABLE', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
}

async function objectContent(bucket: string, key: string, endpointUrl: string | undefined): Promise<Buffer> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1';
  const endpoint = endpointUrl ?? AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  const client = s3Client({
    region,
    pathStyle: endpoint !== undefined,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const objects = bucketObjects(client, { bucket, region });
  const size = await objects.size(key);
  if (size === undefined) throw new ConnectlessError('OBJECT_NOT_FOUND', `Bucket ${bucket} has no object ${key}.`);
  return objects.range(key, 0, size);
}
