// Secrets, read by the SDK from a server that answers as Secrets Manager does.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConnectlessError } from '../../../src/errors';
import { readSecret } from '../../../src/secrets/reader';

interface Asked {
  readonly target: string | undefined;
  readonly body: unknown;
  /** Of the signature. */
  readonly region: string | undefined;
}

const before = { ...process.env };
let asked: Asked[];
let answer: { status: number; body: object };
let server: Server;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
    const target = request.headers['x-amz-target'];
    asked.push({ target: String(target), body: JSON.parse(Buffer.concat(chunks).toString()), region });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
});
afterEach(async () => {
  process.env = { ...before };
  await new Promise((resolve) => server.close(resolve));
});

const stored = (text: string) => {
  answer = { status: 200, body: { Name: 's', SecretString: text } };
};
const refused = (type: string) => {
  answer = { status: 400, body: { __type: type, Message: `says ${type}` } };
};
const failure = async (region?: string): Promise<ConnectlessError> => {
  const error: unknown = await readSecret('prices/db', region).catch((thrown: unknown) => thrown);
  if (error instanceof ConnectlessError) return error;
  throw new Error('it was read');
};

describe('a secret', () => {
  test('answers the members of its JSON as text', async () => {
    stored('{"username":"reader","password":"p:}$","port":5432,"ssl":true,"nested":{"a":1},"none":null}');
    expect(Object.fromEntries(await readSecret('prices/db', undefined))).toEqual({
      username: 'reader',
      password: 'p:}$',
      port: '5432',
      ssl: 'true',
    });
    expect(asked).toEqual([
      { target: 'secretsmanager.GetSecretValue', body: { SecretId: 'prices/db' }, region: 'eu-central-1' },
    ]);
  });

  test('is asked for in the region that is given', async () => {
    stored('{}');
    await readSecret('prices/db', 'us-west-2');
    expect(asked).toMatchObject([{ region: 'us-west-2' }]);
  });

  test.each([
    [
      'AccessDeniedException',
      'SECRET_FORBIDDEN',
      /prices\/db: allow the role secretsmanager:GetSecretValue .*kms:Decrypt/,
    ],
    ['DecryptionFailure', 'SECRET_FORBIDDEN', /kms:Decrypt/],
    ['ResourceNotFoundException', 'SECRET_NOT_FOUND', /prices\/db: eu-central-1 has none of that name/],
    ['InvalidRequestException', 'SECRET_NOT_FOUND', /says InvalidRequestException/],
    ['UnrecognizedClientException', 'AWS_CREDENTIALS', /credentials/],
  ])('that is refused with %s names the cure', async (type, code, message) => {
    refused(type);
    const error = await failure();
    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toMatch(message);
  });

  test.each(['hunter2', '["hunter2"]', '"hunter2"', '{"password":"hunter2"'])(
    'that is no JSON object, %s, says so without a letter of it',
    async (text) => {
      stored(text);
      const error = await failure();
      expect(error).toMatchObject({ code: 'SECRET_NOT_JSON', retryable: false });
      expect(error.message).toContain('prices/db is no JSON object');
      expect(`${error.message}${error.cause}${error.stack}`).not.toContain('hunter2');
    },
  );

  test('that is binary says so', async () => {
    answer = { status: 200, body: { Name: 's', SecretBinary: 'aGk=' } };
    expect((await failure()).message).toContain('prices/db is binary');
  });

  test('that nobody answers for names the VPC endpoint, and may be there the next time', async () => {
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = 'http://127.0.0.1:1';
    const error = await failure('us-west-2');
    expect(error).toMatchObject({ code: 'SECRET_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('com.amazonaws.us-west-2.secretsmanager');
  });

  test('without a region asks for one', async () => {
    delete process.env.AWS_REGION;
    Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });
    const error = await failure();
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain('set AWS_REGION, or config.providers.secretsmanager.param.region');
  });
});
