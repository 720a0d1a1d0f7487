// One connection to Postgres, made again when it is lost; every value comes as Postgres's text.
import { Client, type ClientConfig, type FieldDef } from 'pg';
import type { PostgresConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import type { QueryField } from './columns';
import type { Rows } from './database';
import { isStatementError, postgresError } from './errors';
import { iamToken, passwordFor, type TokenSource } from './password';
import { beginSession } from './session';
import { sslOptions } from './tls';

export interface Answer {
  readonly rows: Rows;
  readonly fields: readonly QueryField[];
}

export interface Postgres {
  /**
   * Runs one or several statements, with `;` between them, in one round trip. They run one after the other, each with a snapshot
   * of its own, and, unless they say otherwise, all in one transaction: locks are kept to the end. Calls wait for one another.
   * Throws the errors of `postgresError`.
   */
  run(statements: string): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** A query's names are looked up as its user's are. @default names are the catalog's, or have a schema */
  readonly usersSearchPath?: boolean;
  readonly token?: TokenSource;
}

/** pgjdbc's connectTimeout. */
const CONNECT_TIMEOUT_MS = 10_000;
/** So that a peer that is gone without a word is found out. */
const KEEP_ALIVE_MS = 10_000;

const asText = { getTypeParser: () => (value: string) => value };

/** Connects with the first call. */
export function postgres(config: PostgresConfig, options: PostgresOptions = {}): Postgres {
  let connected: Promise<Client> | undefined;
  let wasPrimary = false;
  let previous: Promise<unknown> = Promise.resolve();

  const connection = (): Promise<Client> => {
    if (connected !== undefined) return connected;
    const attempt = connect(config, options).then(({ client, isReplica }) => {
      if (isReplica && wasPrimary) throw notYetPromoted(config, client);
      wasPrimary ||= !isReplica;
      return client;
    });
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
  const run = async (text: string): Promise<readonly Answer[]> => {
    try {
      const client = await connection();
      const answer = await client.query<(string | null)[]>({ text, rowMode: 'array', types: asText });
      return [answer].flat().map(({ rows, fields }) => ({ rows, fields: fields.map(queryField) }));
    } catch (error) {
      // Not awaited: a peer that is gone does not say goodbye either.
      if (!isStatementError(error)) void discard();
      throw postgresError(error, config);
    }
  };

  return {
    run: (text) => {
      const answer = previous.then(() => run(text));
      previous = answer.catch(() => undefined);
      return answer;
    },
    close: discard,
  };
}

interface Session {
  readonly client: Client;
  readonly isReplica: boolean;
}

async function connect(config: PostgresConfig, options: PostgresOptions): Promise<Session> {
  const ssl = await sslOptions(config);
  const password = passwordFor(config, options.token ?? iamToken);
  try {
    return await open(config, options, { ssl, ...password });
  } catch (error) {
    // pgjdbc's prefer: encrypted when the server can, in the clear when it cannot.
    if (config.sslMode !== 'prefer' || !/does not support SSL/.test(messageOf(error))) throw error;
    return await open(config, options, { ssl: false, ...password });
  }
}

async function open(
  { host, port, database, user }: PostgresConfig,
  { usersSearchPath = false }: PostgresOptions,
  access: Pick<ClientConfig, 'ssl' | 'password'>,
): Promise<Session> {
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
    return { client, ...(await beginSession(client, `Postgres at ${host}:${port}`, usersSearchPath)) };
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** After a failover the address may lead to a replica for a while: rows that the primary is yet to send would be passed over. */
function notYetPromoted({ host, port }: PostgresConfig, client: Client): ConnectlessError {
  void client.end().catch(() => undefined);
  return new ConnectlessError(
    'POSTGRES_UNAVAILABLE',
    `Postgres at ${host}:${port} was a primary and is a replica now: it is read again when it is promoted.`,
    { retryable: true },
  );
}

function queryField({ name, dataTypeID, dataTypeModifier, tableID, columnID }: FieldDef): QueryField {
  return { name, typeOid: dataTypeID, typmod: dataTypeModifier, tableOid: tableID, attnum: columnID };
}
