// Starts Postgres, Kafka and LocalStack's S3 side by side, but for those that the environment says to use instead.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectlessError } from '../../src/errors';
import { startKafka } from './kafka';
import { startLocalStack } from './localstack';
import { startPostgres } from './postgres';
import { endLeftovers } from './run-records';
import type { Server, ServerOptions } from './server';

interface Ports {
  readonly postgres?: number | undefined;
  readonly kafka?: number | undefined;
  readonly s3?: number | undefined;
}

export interface Progress {
  readonly server: 'Postgres' | 'Kafka' | 'S3';
  /** `given`: somebody else's, named by the environment. */
  readonly state: 'starting' | 'ready' | 'given';
  /** `host:port`, as soon as it is known; never a user or a password. */
  readonly address?: string;
}

export interface StartOptions {
  /** Ports on 127.0.0.1. @default free ones */
  readonly ports?: Ports;
  readonly onProgress?: (progress: Progress) => void;
  /** Gets one line for each server of a killed run that was ended. */
  readonly onLeftover?: (line: string) => void;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Servers {
  /** `postgresql://user:password@host:port/database` */
  readonly postgresUrl: string;
  /** `host:port`, several with commas: `bootstrap.servers`. */
  readonly kafkaBrokers: string;
  /** `http://host:port` */
  readonly s3Endpoint: string;
  /** Ends what was started here, not what was given. */
  stop(): Promise<void>;
}

/**
 * `CONNECTLESS_POSTGRES_URL`, `CONNECTLESS_KAFKA` (`host:port`) and `CONNECTLESS_S3_ENDPOINT` name servers to use instead.
 * Throws a ConnectlessError of the first that did not start; the others are stopped then.
 */
export async function startServers(options: StartOptions = {}): Promise<Servers> {
  const { ports = {}, onLeftover = console.error, env = process.env } = options;
  await endLeftovers(onLeftover);
  const outcomes = await Promise.allSettled([
    provide('Postgres', env.CONNECTLESS_POSTGRES_URL, startPostgres, ports.postgres, options),
    provide('Kafka', env.CONNECTLESS_KAFKA, startKafka, ports.kafka, options),
    provide('S3', env.CONNECTLESS_S3_ENDPOINT, startLocalStack, ports.s3, options),
  ]);
  const stop = async () => {
    await Promise.all(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.stop() : undefined)));
  };
  const [postgres, kafka, s3] = outcomes;
  if (postgres.status === 'fulfilled' && kafka.status === 'fulfilled' && s3.status === 'fulfilled') {
    return { postgresUrl: postgres.value.url, kafkaBrokers: kafka.value.url, s3Endpoint: s3.value.url, stop };
  }
  await stop();
  throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
}

async function provide(
  server: Progress['server'],
  given: string | undefined,
  start: (options: ServerOptions) => Promise<Server>,
  port: number | undefined,
  { onProgress = () => {} }: StartOptions,
): Promise<Pick<Server, 'url' | 'stop'>> {
  if (given) {
    onProgress({ server, state: 'given', address: addressOf(given) });
    return { url: given, stop: async () => {} };
  }
  onProgress({ server, state: 'starting' });
  const directory = await mkdtemp(join(tmpdir(), `connectless-${server.toLowerCase()}-`));
  try {
    const started = await start({ directory, port });
    onProgress({ server, state: 'ready', address: addressOf(started.url) });
    return started;
  } catch (error) {
    const keepsLog = error instanceof ConnectlessError && error.code === 'SERVER_START';
    if (!keepsLog) await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

function addressOf(url: string): string {
  return url.includes('://') ? new URL(url).host : url;
}
