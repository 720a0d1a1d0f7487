// TLS and logins with IAM against a Postgres of this test's own, whose certificate an authority of its own has signed.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from '../../local/servers/postgres';
import type { Server } from '../../local/servers/server';
import type { PostgresConfig } from '../../src/config/model';
import { ConnectlessError } from '../../src/errors';
import { databaseToken } from '../../src/iam/database-token';
import { type Postgres, postgres } from '../../src/postgres/client';
import { eventually } from './eventually';
import { temporaryDirectory } from './temporary-directory';

const fixtures = resolve('test/fixtures/tls');
const credentials = async () => ({
  accessKeyId: 'ASIA1',
  secretAccessKey: 's',
  sessionToken: 'IQoJb3JpZ2'.repeat(100),
});
const opened: Postgres[] = [];
let server: Server;
let config: PostgresConfig;

beforeAll(async () => {
  server = await startPostgres({ directory: await temporaryDirectory() });
  const { port } = new URL(server.url);
  const database = {
    host: 'localhost',
    port: Number(port),
    database: 'postgres',
    user: 'postgres',
    password: 'postgres',
  };
  config = { ...database, sslMode: 'verify-full', sslRootCert: `${fixtures}/ca.pem` };
  // The server writes the files itself: the key must be its own account's, and nobody else's to read.
  await asOwner(
    fileOf('server.crt', readFileSync(`${fixtures}/server.pem`, 'utf8')),
    fileOf('server.key', readFileSync(`${fixtures}/server.key`, 'utf8')),
    // As RDS has it for users with IAM: the token is asked for in the clear, and over TLS only.
    fileOf(
      'pg_hba.conf',
      'hostssl all reader all password\nhostnossl all reader all reject\nhost all all all scram-sha-256\n',
    ),
    'ALTER SYSTEM SET ssl = on',
    'CREATE ROLE reader LOGIN',
    'SELECT pg_reload_conf()',
  );
  // The server reloads when it comes to it.
  const isEncrypted = () => encrypted(open({ sslMode: 'require' })).catch(() => undefined);
  await eventually(isEncrypted, (seen) => seen !== undefined);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(() => server.stop());

async function asOwner(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const fileOf = (name: string, text: string) =>
  `COPY (SELECT line FROM unnest(string_to_array($text$${text.trimEnd()}$text$, E'\\n')) line) TO PROGRAM 'umask 077; cat > ${name}'`;

function open(change: Partial<PostgresConfig> = {}, token?: (config: PostgresConfig) => Promise<string>): Postgres {
  const one = postgres({ ...config, ...change }, token === undefined ? {} : { token });
  opened.push(one);
  return one;
}

const encrypted = async (one: Postgres) =>
  (await one.run('SELECT ssl, current_user FROM pg_stat_ssl WHERE pid = pg_backend_pid()'))[0]?.rows[0];

async function failure(one: Postgres): Promise<ConnectlessError> {
  const error: unknown = await one.run('SELECT 1').catch((thrown: unknown) => thrown);
  if (error instanceof ConnectlessError) return error;
  throw new Error('it connected');
}

describe('a connection with', () => {
  test.each<[string, Partial<PostgresConfig>]>([
    ['verify-full, the authority beside it', {}],
    ['verify-ca, whatever the host is called', { sslMode: 'verify-ca', host: '127.0.0.1' }],
    ['require, whoever signed', { sslMode: 'require', host: '127.0.0.1' }],
    ['prefer', { sslMode: 'prefer' }],
  ])('%s, is encrypted', async (_, change) => {
    expect(await encrypted(open(change))).toEqual(['t', 'postgres']);
  });

  test.each<[string, Partial<PostgresConfig>, RegExp]>([
    ['verify-full, the host called otherwise', { host: '127.0.0.1' }, /altnames|does not match/],
    [
      'an authority of which nothing is known',
      { sslRootCert: `${fixtures}/server.pem`, sslMode: 'verify-ca' },
      /certificate/,
    ],
    [
      'authorities that are not there',
      { sslRootCert: 'nowhere.pem' },
      /sslrootcert in connection.url cannot be read.*nowhere.pem/,
    ],
  ])('%s, is refused', async (_, change, message) => {
    const error = await failure(open(change));
    expect(error).toMatchObject({ code: 'POSTGRES_TLS', retryable: false });
    expect(error.message).toMatch(message);
  });

  test('a relative path of the authorities finds them beside the bundle of a function', async () => {
    const before = process.env.LAMBDA_TASK_ROOT;
    process.env.LAMBDA_TASK_ROOT = fixtures;
    try {
      expect(await encrypted(open({ sslRootCert: 'ca.pem' }))).toEqual(['t', 'postgres']);
      expect(await encrypted(open({ sslRootCert: 'test/fixtures/tls/ca.pem' }))).toEqual(['t', 'postgres']);
    } finally {
      if (before === undefined) delete process.env.LAMBDA_TASK_ROOT;
      else process.env.LAMBDA_TASK_ROOT = before;
    }
  });
});

describe('a login with IAM', () => {
  const reader = { user: 'reader', iam: { region: 'eu-central-1' } };
  const tokenAt = (date: string) => {
    const login = { host: config.host, port: config.port, user: 'reader', region: 'eu-central-1' };
    return databaseToken(login, credentials, new Date(date));
  };
  /** The server knows one password at a time, as if it checked the token. */
  const accept = (token: string) => asOwner(`ALTER ROLE reader PASSWORD '${token}'`);

  test('gives each connection a token of its own for its password', async () => {
    const tokens = [await tokenAt('2026-11-25T12:00:00Z'), await tokenAt('2026-11-25T12:30:00Z')] as const;
    const asked: PostgresConfig[] = [];
    const one = open(reader, async (about) => tokens[asked.push(about) - 1] ?? '');

    await accept(tokens[0]);
    expect(await encrypted(one)).toEqual(['t', 'reader']);
    expect(await encrypted(one)).toEqual(['t', 'reader']);
    expect(asked).toHaveLength(1);

    await accept(tokens[1]);
    await asOwner("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'");
    // The query that finds the connection gone may be told so; the next one connects anew.
    await one.run('SELECT 1').catch(() => undefined);
    expect(await encrypted(one)).toEqual(['t', 'reader']);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ user: 'reader', host: 'localhost', iam: { region: 'eu-central-1' } });
  });

  test('that is refused says what it needs, and not the token', async () => {
    await accept('another');
    const token = await tokenAt('2026-11-25T12:00:00Z');
    const error = await failure(open(reader, async () => token));
    expect(error).toMatchObject({ code: 'POSTGRES_AUTHENTICATION', retryable: false });
    expect(error.message).toMatch(/GRANT rds_iam TO reader.*rds-db:connect.*in eu-central-1/);
    expect(error.message).not.toContain('X-Amz');
  });

  test('for which there is no token says why', async () => {
    const error = new ConnectlessError('AWS_CREDENTIALS', 'there are none');
    expect(await failure(open(reader, () => Promise.reject(error)))).toBe(error);
  });
});
