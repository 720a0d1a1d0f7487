import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { ObjectsConfig } from '../../../src/config/sink-model';
import { bucketObjects } from '../../../src/s3/bucket';
import { s3Client } from '../../../src/s3/client';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A bucket whose server gives these answers in turn, the last one for ever; counts them. */
async function bucketThatAnswers(...answers: readonly { status: number; body: string }[]) {
  return bucketWith({}, answers);
}

async function bucketWith(settings: Partial<ObjectsConfig>, answers: readonly { status: number; body: string }[]) {
  const asked: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} if-none-match ${request.headers['if-none-match']}`);
    headers.push(request.headers);
    request.resume();
    response.writeHead(answer?.status ?? 500, { 'content-type': 'application/xml' });
    response.end(answer?.body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const place = { region: 'eu-central-1', endpoint: `http://127.0.0.1:${address.port}`, pathStyle: true };
  const client = s3Client(place, { retries: 3, retryBackoffMs: 1, ...settings });
  return { asked, headers, bucket: bucketObjects(client, { bucket: 'prices', region: 'eu-central-1' }, settings) };
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

const started = '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>';

test('s3.acl.canned, s3.ssea.name and s3.sse.kms.key.id go with a new object and with the start of an upload', async () => {
  const sse = { algorithm: 'aws:kms', kmsKeyId: 'the-key' } as const;
  const { headers, bucket } = await bucketWith({ acl: 'bucket-owner-full-control', sse }, [
    { status: 200, body: '' },
    { status: 200, body: started },
  ]);
  await bucket.putNew('k', Buffer.from('x'));
  expect(await bucket.startUpload('k')).toBe('u');
  const wanted = {
    'x-amz-acl': 'bucket-owner-full-control',
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'the-key',
  };
  expect(headers).toEqual([expect.objectContaining(wanted), expect.objectContaining(wanted)]);
});

test.each([
  ['503', { status: 503, body: s3Error('SlowDown') }],
  ['500', { status: 500, body: s3Error('InternalError') }],
])('s3.part.retries is how often a %s is sent again before it is an error that may pass', async (_, answer) => {
  const { asked, bucket } = await bucketWith({ retries: 2 }, [answer]);
  await expect(bucket.uploadPart('k', 'u', 1, Buffer.from('x'))).rejects.toMatchObject({
    code: 'S3_FAILED',
    retryable: true,
  });
  expect(asked).toHaveLength(3);
});

test('uploads are listed to the last page', async () => {
  const page = (id: string, isTruncated: boolean) =>
    `<ListMultipartUploadsResult><IsTruncated>${isTruncated}</IsTruncated><NextKeyMarker>k</NextKeyMarker>` +
    `<NextUploadIdMarker>${id}</NextUploadIdMarker><Upload><Key>k</Key><UploadId>${id}</UploadId>` +
    '<Initiated>2026-11-25T10:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>';
  const { bucket } = await bucketThatAnswers(
    { status: 200, body: page('one', true) },
    { status: 200, body: page('two', false) },
  );
  expect(await bucket.uploads('k')).toEqual([
    { key: 'k', id: 'one', ageMs: expect.any(Number) },
    { key: 'k', id: 'two', ageMs: expect.any(Number) },
  ]);
});

test('the age of an upload is by S3’s own clock', async () => {
  const initiated = new Date(Date.now() - 3_600_000).toISOString();
  const { bucket } = await bucketThatAnswers({
    status: 200,
    body: `<ListMultipartUploadsResult><Upload><Key>k</Key><UploadId>u</UploadId><Initiated>${initiated}</Initiated></Upload></ListMultipartUploadsResult>`,
  });
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
  const [upload] = await bucket.uploads('k').finally(() => jest.restoreAllMocks());
  expect(Math.round((upload?.ageMs ?? 0) / 60_000)).toBe(60);
});
