// One connection to Postgres, made again when it is lost; every value comes as Postgres's text.
import { Client, type ClientConfig } from 'pg';
import type { PostgresConfig } from '../config/model';
import { messageOf } from '../errors';
import { isStatementError, postgresError } from './errors';
import { iamToken, passwordFor, type TokenSource } from './password';
import { beginSession } from './session';
import { sslOptions } from './tls';

/** Values in text form, null for SQL's NULL. */
export type Rows = readonly (readonly (string | null)[])[];

export interface Postgres {
  /**
   * Runs one or several statements in one round trip and answers the rows of each. They run one after the other,
   * each with a snapshot of its own, and all in one transaction: locks are kept to the end. Calls wait for one another.
   * Throws the errors of `postgresError`.
   */
  query(statements: string): Promise<readonly Rows[]>;
  close(): Promise<void>;
}

/** pgjdbc's connectTimeout. */
const CONNECT_TIMEOUT_MS = 10_000;
/** So that a peer that is gone without a word is found out. */
const KEEP_ALIVE_MS = 10_000;

const asText = { getTypeParser: () => (value: string) => value };

/** Connects with the first query. */
export function postgres(config: PostgresConfig, token: TokenSource = iamToken): Postgres {
  let connected: Promise<Client> | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const connection = (): Promise<Client> => {
    if (connected !== undefined) return connected;
    const attempt = connect(config, token);
    connected = attempt;
    const forget = () => {
      if (connected === attempt) connected = undefined;
    };
    attempt.then((client) => client.once('end', forget), forget);
    return attempt;
  };
  const discard = async () => {
    const old = connected;
    connected = undefined;
    await old?.then((client) => client.end()).catch(() => undefined);
  };
  const run = async (text: string): Promise<readonly Rows[]> => {
    try {
      const client = await connection();
      const answer = await client.query<(string | null)[]>({ text, rowMode: 'array', types: asText });
      return [answer].flat().map((result) => result.rows);
    } catch (error) {
      // Not awaited: a peer that is gone does not say goodbye either.
      if (!isStatementError(error)) void discard();
      throw postgresError(error, config);
    }
  };

  return {
    query: (text) => {
      const answer = previous.then(() => run(text));
      previous = answer.catch(() => undefined);
      return answer;
    },
    close: discard,
  };
}

async function connect(config: PostgresConfig, token: TokenSource): Promise<Client> {
  const ssl = await sslOptions(config);
  const password = passwordFor(config, token);
  try {
    return await open(config, { ssl, ...password });
  } catch (error) {
    // pgjdbc's prefer: encrypted when the server can, in the clear when it cannot.
    if (config.sslMode !== 'prefer' || !/does not support SSL/.test(messageOf(error))) throw error;
    return await open(config, { ssl: false, ...password });
  }
}

async function open(
  { host, port, database, user }: PostgresConfig,
  access: Pick<ClientConfig, 'ssl' | 'password'>,
): Promise<Client> {
  const client = new Client({
    host,
    port,
    database,
    ...access,
    application_name: 'connectless',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(user === undefined ? {} : { user }),
  });
  // The query in hand is told by its own rejection, the next one connects anew; without a listener the process would end.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await beginSession(client, `Postgres at ${host}:${port}`);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}
