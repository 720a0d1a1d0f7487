import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, jest, test } from '@jest/globals';
import { blockBytes, containerHeader, SYNC_BYTES } from '../../src/avro/container';
import { environment } from './environment';
import { freshBucket } from './fresh-bucket';

jest.setTimeout(60_000);

const tojson = (file: string) => {
  const command = join(__dirname, '../../bin/connectless.cjs');
  return promisify(execFile)(process.execPath, [command, 'tojson', file, '--endpoint-url', environment().s3Endpoint]);
};

test('connectless tojson prints a file that is on S3, and names one that is not', async () => {
  const { bucket, client } = await freshBucket('tojson');
  const sync = Buffer.alloc(SYNC_BYTES, 7);
  const Body = Buffer.concat([
    containerHeader({ 'avro.schema': '"string"' }, sync),
    blockBytes(2, Buffer.from([2, 97, 2, 98]), sync),
  ]);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a folder/letters.avro', Body }));
  expect(await tojson(`s3://${bucket}/a folder/letters.avro`)).toEqual({ stdout: '"a"\n"b"\n', stderr: '' });
  await expect(tojson(`s3://${bucket}/nothing.avro`)).rejects.toMatchObject({
    code: 1,
    stderr: `Bucket ${bucket} has no object nothing.avro.\n`,
  });
  await expect(tojson('s3://no-such-bucket-here/x')).rejects.toMatchObject({ code: 1, stdout: '' });
});
