// Tokens of IAM, held against those of AWS's own libraries.

import { Signer } from '@aws-sdk/rds-signer';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { generateAuthTokenFromCredentialsProvider } from 'aws-msk-iam-sasl-signer-js';
import type { Credentials } from '../../../src/iam/credentials';
import { databaseToken } from '../../../src/iam/database-token';
import { kafkaToken } from '../../../src/iam/kafka-token';

const long: Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: "wJalr/XUtnFEMI+K7MDENG='!x" };
const role: Credentials = { ...long, accessKeyId: 'ASIA1', sessionToken: 'IQoJb3JpZ2/+=="~ *()\'!' };
const now = new Date('2026-11-25T12:34:56.789Z');

beforeAll(() => {
  jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
});
afterAll(() => {
  jest.useRealTimers();
});

/** Its parameters by name. */
function decoded(token: string): { origin: string; query: Record<string, string> } {
  const url = new URL(Buffer.from(token, 'base64url').toString());
  return { origin: `${url.origin}${url.pathname}`, query: Object.fromEntries(url.searchParams) };
}

describe.each([
  ['a user', long],
  ['a role', role],
])('with the credentials of %s', (_, credentials) => {
  const given = async () => credentials;

  test.each(['us-east-1', 'cn-north-1'])(
    "MSK's token in %s is the one of aws-msk-iam-sasl-signer-js",
    async (region) => {
      const { token } = await generateAuthTokenFromCredentialsProvider({ region, awsCredentialsProvider: given });
      const { origin, query } = decoded(token);
      const ours = decoded(await kafkaToken(region, given, now));
      expect(query['User-Agent']).toMatch(/^aws-msk-iam-sasl-signer-js/);
      expect(ours).toEqual({ origin, query: { ...query, 'User-Agent': 'connectless' } });
      expect(ours.query).toMatchObject({ 'X-Amz-Expires': '900', 'X-Amz-Date': '20261125T123456Z' });
    },
  );

  test.each(['reader', "o'Brien (ro)*~"])(
    "RDS's token for %s is the one of @aws-sdk/rds-signer, letter by letter",
    async (user) => {
      const login = { host: 'db.cluster-x1.eu-central-1.rds.amazonaws.com', port: 5433, region: 'eu-central-1', user };
      const theirs = await new Signer({
        hostname: login.host,
        port: 5433,
        region: login.region,
        username: user,
        credentials: given,
      }).getAuthToken();
      expect(await databaseToken(login, given, now)).toBe(theirs);
    },
  );
});

test('a token does not claim to outlive the credentials behind it', async () => {
  const expiration = new Date(now.getTime() + 100_900);
  const { query } = decoded(await kafkaToken('us-east-1', async () => ({ ...role, expiration }), now));
  expect(query['X-Amz-Expires']).toBe('100');
});

test('MSK takes only letters, digits, - and _ in a token', async () => {
  expect(await kafkaToken('us-east-1', async () => role, now)).toMatch(/^[\w-]+$/);
});
