import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { bucketObjects } from '../../../src/s3/bucket';
import { s3Client } from '../../../src/s3/client';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A bucket whose server gives these answers in turn, the last one for ever; counts them. */
async function bucketThatAnswers(...answers: readonly { status: number; body: string }[]) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} if-none-match ${request.headers['if-none-match']}`);
    request.resume();
    response.writeHead(answer?.status ?? 500, { 'content-type': 'application/xml' });
    response.end(answer?.body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const client = s3Client({ region: 'eu-central-1', endpoint: `http://127.0.0.1:${address.port}`, pathStyle: true });
  return { asked, bucket: bucketObjects(client, { bucket: 'prices', region: 'eu-central-1' }) };
}

const s3Error = (code: string) => `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>m</Message></Error>`;
const completed = '<CompleteMultipartUploadResult><Key>k</Key><ETag>"e"</ETag></CompleteMultipartUploadResult>';
const parts = [{ number: 1, etag: '"one"' }];

test('every write is conditional', async () => {
  const { asked, bucket } = await bucketThatAnswers({ status: 200, body: '' }, { status: 200, body: completed });
  expect(await bucket.putNew('k', Buffer.from('x'))).toBe('created');
  expect(await bucket.completeUpload('k', 'u', parts)).toBe('created');
  expect(asked).toEqual(['PUT if-none-match *', 'POST if-none-match *']);
});

test('a conflict, which the SDK takes for final, is sent again', async () => {
  const { asked, bucket } = await bucketThatAnswers(
    { status: 409, body: s3Error('ConditionalRequestConflict') },
    { status: 412, body: s3Error('PreconditionFailed') },
  );
  expect(await bucket.putNew('k', Buffer.from('x'))).toBe('exists');
  expect(asked).toHaveLength(2);
});

test('a 200 whose body is an error is no success of Complete', async () => {
  const { bucket } = await bucketThatAnswers({ status: 200, body: s3Error('InternalError') });
  await expect(bucket.completeUpload('k', 'u', parts)).rejects.toMatchObject({ code: 'S3_FAILED', retryable: true });
});

test('a 200 whose error ends with a line feed is none either', async () => {
  const { bucket } = await bucketThatAnswers({ status: 200, body: `${s3Error('InternalError')}\n` });
  await expect(bucket.completeUpload('k', 'u', parts)).rejects.toMatchObject({ code: 'S3_FAILED', retryable: true });
});

test.each([
  ['NoSuchUpload', 404, 'no-such-upload'],
  ['InvalidPart', 400, 'invalid-part'],
  ['PreconditionFailed', 412, 'exists'],
])('%s is an answer of Complete', async (code, status, outcome) => {
  const { bucket } = await bucketThatAnswers({ status, body: s3Error(code) });
  expect(await bucket.completeUpload('k', 'u', parts)).toBe(outcome);
});

test('an upload that is gone is an answer of the other calls too', async () => {
  const { bucket } = await bucketThatAnswers({ status: 404, body: s3Error('NoSuchUpload') });
  expect(await bucket.uploadPart('k', 'u', 1, Buffer.from('x'))).toBeUndefined();
  expect(await bucket.listParts('k', 'u')).toBeUndefined();
  await bucket.abortUpload('k', 'u');
});

test('parts are listed over several pages, and the marker of the last one is not followed', async () => {
  const page = (number: number, truncated: boolean) => ({
    status: 200,
    body: `<ListPartsResult><IsTruncated>${truncated}</IsTruncated><NextPartNumberMarker>${number}</NextPartNumberMarker><Part><PartNumber>${number}</PartNumber><ETag>"e${number}"</ETag></Part></ListPartsResult>`,
  });
  const { asked, bucket } = await bucketThatAnswers(page(1, true), page(2, false));
  expect(await bucket.listParts('k', 'u')).toEqual([
    { number: 1, etag: '"e1"' },
    { number: 2, etag: '"e2"' },
  ]);
  expect(asked).toHaveLength(2);
});
