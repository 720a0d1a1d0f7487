// Turns what pg throws into an error that names the cure.
import type { PostgresConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import { databaseRegion, isRdsHost } from '../iam/region';
import { isSqlState, sqlStateError } from './sql-state';

const UNKNOWN_ISSUER = /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED/;
const TLS = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/;

/**
 * `POSTGRES_AUTHENTICATION`, `POSTGRES_DATABASE_NOT_FOUND`, `POSTGRES_TLS`, `POSTGRES_FORBIDDEN`, `TABLE_NOT_FOUND`
 * (retryable: it may be created), `POSTGRES_STATEMENT_TIMEOUT` (retryable), `QUERY_WRITES`, `POSTGRES_UNAVAILABLE` (retryable), or
 * `POSTGRES_FAILED` with the server's own words.
 */
export function postgresError(error: unknown, config: PostgresConfig): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  const code = codeOf(error);
  const said = messageOf(error) || code;
  const server = `Postgres at ${config.host}:${config.port}`;
  const make = (name: string, message: string, retryable = false) =>
    new ConnectlessError(name, message, { retryable, cause: error });

  if (isSqlState(code)) {
    const database = 'Check the name behind the last / of connection.url.';
    return sqlStateError(code, said, { server, login: loginCure(config), database, user: config.user ?? '' }, error);
  }
  if (/^SASL/.test(said)) {
    return make('POSTGRES_AUTHENTICATION', `${server} refuses the connection: ${said}. ${loginCure(config)}`);
  }
  if (TLS.test(code) || /does not support SSL/.test(said)) {
    return make('POSTGRES_TLS', `${server}: ${said}. ${tlsCure(code, config)}`);
  }
  return make(
    'POSTGRES_UNAVAILABLE',
    `No answer from ${server} (${said}): check connection.url, and that the server is up and lets this machine in.`,
    true,
  );
}

function loginCure({ host, user = '', iam }: PostgresConfig): string {
  if (iam === undefined) return 'Check connection.user, connection.password and, in connection.url, sslmode.';
  const region = iam.region ?? databaseRegion(host);
  return `For a login with IAM: turn on IAM authentication of the database, GRANT rds_iam TO ${user}, allow the role rds-db:connect on that user, and check that the database is in ${region}, for which the token was signed.`;
}

/** Node does not have Amazon's own authorities for RDS. */
function tlsCure(code: string, { host, sslMode, sslRootCert }: PostgresConfig): string {
  const isVerified = sslMode === 'verify-ca' || sslMode === 'verify-full';
  if (!isVerified || sslRootCert !== undefined || !isRdsHost(host) || !UNKNOWN_ISSUER.test(code)) {
    return 'Check sslmode and sslrootcert in connection.url.';
  }
  return "Its certificate is signed by Amazon's own authorities for RDS: name their bundle as sslrootcert in connection.url (https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem). A deployment adds it by itself.";
}

/** The server answered the statement and goes on with the connection. */
export function isStatementError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error && error.severity === 'ERROR';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
