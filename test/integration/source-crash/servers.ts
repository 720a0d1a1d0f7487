// The servers of a run's own: each can be ended and started again, and the source reaches them through proxies.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../../../local/servers/free-port';
import { startKafka } from '../../../local/servers/kafka';
import { startPostgres } from '../../../local/servers/postgres';
import type { Server } from '../../../local/servers/server';
import { environment } from '../environment';
import { startStandby } from './standby';
import { startTcpProxy, type TcpProxy } from './tcp-proxy';

export interface CrashServers {
  /** What the source is told. */
  readonly proxies: { readonly postgres: TcpProxy; readonly kafka: TcpProxy; readonly s3: TcpProxy };
  /** The Postgres that takes writes, without a proxy. */
  postgresUrl(): string;
  /** Ends it with the signal, and starts it again on its data. */
  restartPostgres(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  restartKafka(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** The standby takes the place of a primary that ends at once; for so long it is reached before it is promoted. */
  failOver(standbyMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param hasStandby each commit then waits until the standby has it */
export async function startCrashServers(hasStandby: boolean): Promise<CrashServers> {
  const started: { stop(): Promise<void> }[] = [];
  const keep = <Started extends { stop(): Promise<void> }>(server: Started): Started => {
    started.push(server);
    return server;
  };
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    return { ...(await startAll(hasStandby, keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param keep gets each that is started, to be stopped in the end */
async function startAll(
  hasStandby: boolean,
  keep: <Started extends { stop(): Promise<void> }>(server: Started) => Started,
): Promise<Omit<CrashServers, 'stop'>> {
  const directory = await folder('postgres');
  let primary = keep(await startPostgres({ directory }));
  let standby = hasStandby
    ? keep(await startStandby(primary, { of: directory, own: await folder('standby') }))
    : undefined;
  const kafkaPort = await freePort();
  const proxies = {
    postgres: keep(await startTcpProxy(portOf(primary.url))),
    kafka: keep(await startTcpProxy(kafkaPort)),
    s3: keep(await startTcpProxy(portOf(environment().s3Endpoint))),
  };
  const broker = { directory: await folder('kafka'), port: kafkaPort, advertisedPort: proxies.kafka.port };
  let kafka = keep(await startKafka(broker));
  return {
    proxies,
    postgresUrl: () => primary.url,
    restartPostgres: async (signal) => {
      const port = portOf(primary.url);
      await ended(primary, signal);
      primary = keep(await startPostgres({ directory, port }));
    },
    restartKafka: async (signal) => {
      await ended(kafka, signal);
      kafka = keep(await startKafka(broker));
    },
    failOver: async (standbyMs) => {
      if (standby === undefined) throw new Error('These servers have no standby.');
      const next = standby;
      await ended(primary, 'SIGQUIT');
      proxies.postgres.leadTo(portOf(next.url));
      await sleep(standbyMs);
      await query(next.url, 'SELECT pg_promote()');
      [primary, standby] = [next, undefined];
    },
  };
}

function folder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `connectless-crash-${name}-`));
}

function portOf(address: string): number {
  return Number(/:(\d+)(\/|$)/.exec(address)?.[1]);
}

/** When nobody listens on its port any more; its folder stays. */
async function ended({ pid, url }: Server, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  while (!(await isFree(portOf(url)))) await sleep(20);
}

async function isFree(port: number): Promise<boolean> {
  return freePort(port).then(
    () => true,
    () => false,
  );
}

async function query(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}
