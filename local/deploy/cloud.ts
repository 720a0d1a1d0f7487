// What a deployment to this machine stands on: Postgres, Kafka, and MiniStack for all of AWS, with clients for it.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startKafka } from '../servers/kafka';
import { type MiniStack, rootCredentials, startMiniStack, trusting } from '../servers/ministack';
import { startPostgres } from '../servers/postgres';
import { endLeftovers } from '../servers/run-records';
import type { Server, ServerOptions } from '../servers/server';
import { region } from './cdk';

export interface Cloud {
  /** `postgresql://user:password@host:port/database` */
  readonly postgresUrl: string;
  /** `host:port` */
  readonly kafkaBrokers: string;
  readonly miniStack: MiniStack;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly secrets: SecretsManagerClient;
}

/** Servers of somebody else. */
export interface Given {
  readonly postgresUrl?: string | undefined;
  readonly kafkaBrokers?: string | undefined;
}

export type Undo = Array<() => Promise<unknown>>;

/** What is given is used instead of being started. What is started here is stopped by `undo`. */
export async function startCloud(undo: Undo, given: Given = {}): Promise<Cloud> {
  await endLeftovers(console.error);
  const started = async <S extends Server>(name: string, start: (options: ServerOptions) => Promise<S>): Promise<S> => {
    const server = await start({ directory: await mkdtemp(join(tmpdir(), `connectless-${name}-`)) });
    undo.push(() => server.stop());
    return server;
  };
  const outcomes = await Promise.allSettled([
    given.postgresUrl ?? started('postgres', startPostgres).then(({ url }) => url),
    given.kafkaBrokers ?? started('kafka', startKafka).then(({ url }) => url),
    started('ministack', startMiniStack),
  ]);
  const [postgres, kafka, miniStack] = outcomes;
  if (postgres.status === 'fulfilled' && kafka.status === 'fulfilled' && miniStack.status === 'fulfilled') {
    return {
      postgresUrl: postgres.value,
      kafkaBrokers: kafka.value,
      miniStack: miniStack.value,
      ...clients(miniStack.value),
    };
  }
  throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
}

function clients(miniStack: MiniStack): Pick<Cloud, 's3' | 'lambda' | 'secrets'> {
  const config = {
    endpoint: miniStack.url,
    region,
    credentials: rootCredentials,
    requestHandler: { httpsAgent: trusting(miniStack.certificate) },
    maxAttempts: 1,
  };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    lambda: new LambdaClient(config),
    secrets: new SecretsManagerClient(config),
  };
}
