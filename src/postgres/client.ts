// One connection to Postgres, made again when it is lost; every value comes as Postgres's text.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, type FieldDef } from 'pg';
import type { PostgresConfig } from '../config/model';
import { messageOf } from '../errors';
import type { QueryField } from './columns';
import type { Rows } from './database';
import { isStatementError, postgresError } from './errors';
import { iamToken, passwordFor, type TokenSource } from './password';
import { beginSession, type Session, type SessionOptions } from './session';
import { timeLimit } from './time-limit';
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

export interface PostgresOptions extends SessionOptions {
  readonly token?: TokenSource;
  /** Of the invocation: no statement takes longer. @default as long as it takes */
  readonly remainingMs?: () => number;
}

/** pgjdbc's connectTimeout. */
const CONNECT_TIMEOUT_MS = 10_000;
/** So that a peer that is gone without a word is found out. */
const KEEP_ALIVE_MS = 10_000;
/** How much longer than Postgres's own limit an answer may take to come; and a goodbye. */
const LATE_MS = 250;

const asText = { getTypeParser: () => (value: string) => value };

/** Connects with the first call. */
export function postgres(config: PostgresConfig, options: PostgresOptions = {}): Postgres {
  let connected: Promise<Connected> | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const connection = (): Promise<Connected> => {
    if (connected !== undefined) return connected;
    const attempt = connect(config, options);
    connected = attempt;
    const forget = () => {
      if (connected === attempt) connected = undefined;
    };
    attempt.then(({ client }) => client.once('end', forget), forget);
    return attempt;
  };
  const discard = async () => {
    const old = connected;
    connected = undefined;
    const ended = old?.then(({ client }) => client.end()).catch(() => undefined);
    await Promise.race([ended, sleep(LATE_MS, undefined, { ref: false })]);
  };
  const run = async (text: string): Promise<readonly Answer[]> => {
    try {
      return await answers(await connection(), text, options);
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

interface Connected {
  readonly client: Client;
  readonly session: Session;
}

/** With a limit, the statements are told it in the same message. */
async function answers(
  { client, session }: Connected,
  statements: string,
  { remainingMs }: PostgresOptions,
): Promise<readonly Answer[]> {
  const limit = remainingMs && timeLimit(remainingMs());
  const set = limit && `SET LOCAL statement_timeout = ${Math.min(limit, session.statementTimeoutMs ?? limit)}; `;
  const answer = await client.query<(string | null)[]>({
    text: `${set ?? ''}${statements}`,
    rowMode: 'array',
    types: asText,
    ...patience(limit),
  });
  return [answer]
    .flat()
    .slice(set === undefined ? 0 : 1)
    .map(({ rows, fields }) => ({ rows, fields: fields.map(queryField) }));
}

/** Where nobody answers any more, Postgres's own limit is of no help. */
function patience(limit: number | undefined): { readonly query_timeout?: number } {
  return limit === undefined ? {} : { query_timeout: limit + LATE_MS };
}

async function connect(config: PostgresConfig, options: PostgresOptions): Promise<Connected> {
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
  options: PostgresOptions,
  access: Pick<ClientConfig, 'ssl' | 'password'>,
): Promise<Connected> {
  const { remainingMs } = options;
  const limit = Math.min(CONNECT_TIMEOUT_MS, remainingMs ? timeLimit(remainingMs()) : CONNECT_TIMEOUT_MS);
  const client = new Client({
    host,
    port,
    database,
    ...access,
    application_name: 'connectless',
    connectionTimeoutMillis: limit,
    // Of the session's settings; statements have their own.
    ...patience(remainingMs && limit),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(user === undefined ? {} : { user }),
  });
  // The query in hand is told by its own rejection, the next one connects anew; without a listener the process would end.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { client, session: await beginSession(client, `Postgres at ${host}:${port}`, options) };
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

function queryField({ name, dataTypeID, dataTypeModifier, tableID, columnID }: FieldDef): QueryField {
  return { name, typeOid: dataTypeID, typmod: dataTypeModifier, tableOid: tableID, attnum: columnID };
}
