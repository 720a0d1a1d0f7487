// The registry's function, invoked with the event of a function URL.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handler } from '../../lambdas/registry';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'connectless-'));
  const worker = join(directory, 'worker.properties');
  const properties = [
    'bootstrap.servers=localhost:9092',
    'key.converter=io.confluent.connect.avro.AvroConverter',
    'key.converter.schema.registry.url=http://localhost:8081',
    'value.converter=io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url=http://localhost:8081',
    `connectless.state.url=${pathToFileURL(join(directory, 'state')).href}`,
  ];
  await writeFile(worker, properties.join('\n'));
  process.env.CONNECTLESS_WORKER = worker;
});
afterAll(async () => {
  delete process.env.CONNECTLESS_WORKER;
  await rm(directory, { recursive: true });
});

function event(method: string, rawPath: string, body = ''): Parameters<typeof handler>[0] {
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' };
  const requestContext = {
    accountId: '0',
    apiId: 'a',
    authentication: null,
    authorizer: {},
    domainName: 'a.lambda-url.eu-central-1.on.aws',
    domainPrefix: 'a',
    http,
    requestId: 'r',
    routeKey: '$default',
    stage: '$default',
    time: '22/Nov/2026:00:00:00 +0000',
    timeEpoch: 0,
  };
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers,
    body,
    isBase64Encoded: false,
    requestContext,
  };
}

describe('the function of the registry', () => {
  test('keeps schemas in the state of the worker, whose converters name the function', async () => {
    const body = JSON.stringify({ schema: '"int"' });
    expect(await handler(event('POST', '/subjects/a%2Fb/versions', body), undefined)).toMatchObject({
      statusCode: 200,
      body: '{"id":1}',
    });
    expect(await handler(event('GET', '/subjects/a%2Fb/versions/1'), undefined)).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ subject: 'a/b', version: 1, id: 1, schema: '"int"' }),
      isBase64Encoded: false,
    });
  });
});
