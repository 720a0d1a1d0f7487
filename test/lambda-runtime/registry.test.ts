import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HostedFunction } from '../../local/lambda-runtime/hosted-function';
import { type Stage, stage } from './stage';

let place: Stage;
let registry: HostedFunction;

beforeAll(async () => {
  place = await stage();
  registry = await place.deploy('registry');
});

afterAll(() => place.close());

/** As an HTTP API with the payload format 2.0 sends it. */
function request(method: string, path: string, body?: object) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'registry.example', 'content-type': 'application/vnd.schemaregistry.v1+json' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'registry.example',
      domainPrefix: 'registry',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request',
      routeKey: '$default',
      stage: '$default',
      time: '25/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_608_000_000,
    },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

const schema = (name: string) => ({ schema: JSON.stringify({ type: 'record', name, fields: [] }) });

describe('the registry’s bundle in Lambda’s runtime client', () => {
  test('is initialised', async () => {
    expect(await registry.init()).toBeUndefined();
  });

  test('answers a request of its HTTP API', async () => {
    await place.registry.register('prices-value', schema('prices').schema);
    expect(await registry.invoke(request('GET', '/subjects'), 30_000)).toMatchObject({
      type: 'result',
      result: { statusCode: 200, body: '["prices-value"]', isBase64Encoded: false },
    });
  });

  test('posts the error of a worker’s file that is not there, with our files and lines', async () => {
    const lost = await place.deploy('registry', undefined, { CONNECTLESS_WORKER: 'gone.properties' });
    expect(await lost.invoke(request('GET', '/subjects'), 30_000)).toEqual({
      type: 'error',
      error: {
        errorType: 'ConnectlessError',
        errorMessage: expect.stringContaining('gone.properties: does not exist'),
        trace: expect.arrayContaining([expect.stringMatching(/^ {4}at .*\(src\/config\/load\.ts:\d+:\d+\)$/)]),
      },
    });
  });

  test('is killed at the deadline, and the request that comes again registers the schema', async () => {
    const post = request('POST', '/subjects/late-value/versions', schema('late'));
    place.s3.stall();
    expect(await registry.invoke(post, 3000)).toEqual({ type: 'timed-out' });
    place.s3.goOn();
    expect(await registry.invoke(post, 30_000)).toMatchObject({ result: { statusCode: 200, body: '{"id":2}' } });
    expect(registry.starts).toBe(2);
  });
});
