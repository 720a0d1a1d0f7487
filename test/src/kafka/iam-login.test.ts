// Logins with IAM, on the wire.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import type { ConnectlessError } from '../../../src/errors';
import { kafkaClient } from '../../../src/kafka/client';
import { kafkaError } from '../../../src/kafka/errors';
import { iamLogin } from '../../../src/kafka/iam-login';
import { certificateAuthority, type ScriptedBroker, scriptedBroker } from './scripted-broker';

const before = { ...process.env };
let broker: ScriptedBroker;

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
});
afterEach(async () => {
  await broker.close();
  process.env = { ...before };
});

/** As `kafkaClient`, which takes no certificate authority: Node has MSK's. */
function client(): Kafka {
  return new Kafka({
    brokers: [broker.address],
    ssl: { ca: certificateAuthority },
    sasl: iamLogin([broker.address]),
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  });
}

async function login(kafka = client()): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
  } finally {
    await admin.disconnect();
  }
}

async function failure(): Promise<ConnectlessError> {
  const error = await login().catch((thrown: unknown) => thrown);
  return kafkaError(error, { brokers: [broker.address] });
}

describe('a login with IAM', () => {
  // The first of all: the chain of credentials keeps what it has found.
  test('without credentials says so, and asks the broker for nothing', async () => {
    broker = await scriptedBroker();
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' });
    const error = await failure();
    expect(error).toMatchObject({ code: 'AWS_CREDENTIALS', retryable: false });
    expect(error.message).toMatch(/no AWS credentials .* AWS_PROFILE/);
    expect(broker.tokens).toEqual([]);
  });

  test('hands over a token of its own that is signed for the region, each time', async () => {
    broker = await scriptedBroker();
    await login();
    process.env.AWS_REGION = 'us-east-1';
    await login();
    const hosts = broker.tokens.map((token) => new URL(Buffer.from(token, 'base64url').toString()).host);
    expect(hosts).toEqual(['kafka.eu-central-1.amazonaws.com', 'kafka.us-east-1.amazonaws.com']);
  });

  test.each([
    [
      '[5f1e]: Access denied',
      false,
      /allow the role kafka-cluster:Connect .* in eu-central-1.*AWS_REGION.*Access denied$/,
    ],
    ['[5f1e]: Too many connects', true, /no more logins with IAM .* kafka.t3.small .*Too many connects$/],
  ])('that is refused with %j names the cure', async (refusal, retryable, message) => {
    broker = await scriptedBroker(() => ({ refusal }));
    const error = await failure();
    expect(error).toMatchObject({ code: 'KAFKA_AUTHENTICATION', retryable });
    expect(error.message).toMatch(message);
  });

  test('at a listener without IAM names the port that has it', async () => {
    broker = await scriptedBroker(undefined, ['SCRAM-SHA-512']);
    const error = await failure();
    expect(error).toMatchObject({ code: 'KAFKA_AUTHENTICATION', retryable: false });
    expect(error.message).toMatch(/9098/);
    expect(broker.tokens).toEqual([]);
  });

  test('goes to nobody whose certificate is not trusted', async () => {
    broker = await scriptedBroker();
    const config = {
      brokers: [broker.address],
      securityProtocol: 'SASL_SSL',
      sasl: { mechanism: 'AWS_MSK_IAM' },
      clientId: 'test',
      requestTimeoutMs: 1000,
    } as const;
    await expect(login(kafkaClient(config))).rejects.toThrow(/certificate|self.signed/i);
    expect(broker.tokens).toEqual([]);
  });
});
