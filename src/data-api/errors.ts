// Turns what the Data API answers into an error that names the cure.
import type { DataApiConfig } from '../config/source-model';
import { ConnectlessError, messageOf } from '../errors';
import { sqlStateError } from '../postgres/sql-state';

const RESUMING = 'DatabaseResumingException';
/** The writer is being made, fails over, or the secret has just been made or changed. */
const UNAVAILABLE = [
  'DatabaseUnavailableException',
  'DatabaseNotFoundException',
  'SecretsErrorException',
  'ServiceUnavailableError',
  'InternalServerErrorException',
  'InternalFailure',
  'InvalidResourceStateException',
];
const THROTTLED = ['ThrottlingException', 'TooManyRequestsException', 'LimitExceededException'];
const FORBIDDEN = ['AccessDeniedException', 'ForbiddenException'];
/** What the caller's own settings are to be changed for. */
const CURES: Readonly<Record<string, string>> = {
  HttpEndpointNotEnabledException: ' Enable the Data API (HTTP endpoint) of the cluster.',
  InvalidSecretException: ' Name a secret with the members username and password as secretArn in connection.url.',
};

/**
 * `DATA_API_UNAVAILABLE` (retryable; a paused database is resuming, too), `DATA_API_FORBIDDEN`, `DATA_API_STATEMENT_TIMEOUT` and
 * `DATA_API_TRANSACTION_LOST` (retryable), `STATEMENT_FAILED` with the SQLSTATE and Postgres's words, or `DATA_API_FAILED`.
 */
export function dataApiError(error: unknown, clusterArn: string): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  const name = nameOf(error);
  const said = messageOf(error);
  const make = (code: string, message: string, retryable = false) =>
    new ConnectlessError(code, message, { retryable, cause: error });
  if (name === RESUMING) return make('DATA_API_UNAVAILABLE', `${clusterArn} is resuming from its pause.`, true);
  if (THROTTLED.includes(name)) {
    return make('DATA_API_UNAVAILABLE', `The Data API limits how often ${clusterArn} is asked (${said}).`, true);
  }
  if (UNAVAILABLE.includes(name) || isNetworks(error)) {
    return make('DATA_API_UNAVAILABLE', `The Data API cannot reach ${clusterArn} now (${name}: ${said}).`, true);
  }
  if (FORBIDDEN.includes(name)) {
    return make(
      'DATA_API_FORBIDDEN',
      `The Data API denies access to ${clusterArn}: ${said}. Grant rds-data:ExecuteStatement, BeginTransaction, CommitTransaction and RollbackTransaction on it, and secretsmanager:GetSecretValue on its secret.`,
    );
  }
  if (name === 'StatementTimeoutException') {
    return make(
      'DATA_API_STATEMENT_TIMEOUT',
      `The Data API ended a statement on ${clusterArn} that took longer than its 45 s: make an index on the columns that rows are read by, lower batch.max.rows, or connect without the Data API.`,
      true,
    );
  }
  if (name === 'AbortError') {
    return make(
      'DATA_API_STATEMENT_TIMEOUT',
      `A statement on ${clusterArn} took longer than what was left of the invocation: make an index on the columns that rows are read by, lower batch.max.rows, or raise connectless.function.timeout.ms.`,
      true,
    );
  }
  if (name === 'TransactionNotFoundException') {
    return make(
      'DATA_API_TRANSACTION_LOST',
      `The Data API has given up a transaction on ${clusterArn}, three minutes after its last call or for an error: it begins anew.`,
      true,
    );
  }
  const sqlState = sqlStateOf(error);
  if (sqlState !== undefined) return make('STATEMENT_FAILED', `SQLSTATE ${sqlState}: ${said}`);
  return make(
    'DATA_API_FAILED',
    `The Data API of ${clusterArn} answers ${name}: ${said.replace(/\.$/, '')}.${CURES[name] ?? ''}`,
  );
}

/** As for `pg`, where Postgres has answered: the errors of `sqlStateError`; else those of `dataApiError`. */
export function databaseError(error: unknown, { clusterArn, database }: DataApiConfig): ConnectlessError {
  const sqlState = sqlStateOf(error);
  if (sqlState === undefined) return dataApiError(error, clusterArn);
  const advice = {
    server: `Postgres behind ${clusterArn}, database ${database}`,
    login: 'Check user and password in the secret that connection.url names as secretArn.',
    database: 'Check the name behind the last / of connection.url.',
    user: 'whose password the secret holds',
  };
  // The code stands at the end of what is said, and in the error.
  const said = messageOf(error).replace(/;\s*SQLState:\s*[0-9A-Z]{5}\s*$/i, '');
  return sqlStateError(sqlState, said, advice, error);
}

/** The database was paused; the call has woken it. */
export function isResuming(error: unknown): boolean {
  return nameOf(error) === RESUMING || (error instanceof ConnectlessError && nameOf(error.cause) === RESUMING);
}

/** The answer has more than the Data API carries: 1 MiB, or 64 KB in one row. It is no type that it does not carry. */
export function isTooLarge(error: unknown): boolean {
  const cause = error instanceof ConnectlessError ? error.cause : error;
  const said = messageOf(cause);
  if (/allowed response size limit|response exceeded size limit|is too large|size was too large/i.test(said))
    return true;
  return nameOf(cause) === 'UnsupportedResultException' && !/data type|multidimensional/i.test(said);
}

function sqlStateOf(error: unknown): string | undefined {
  return /SQLState:\s*([0-9A-Z]{5})/i.exec(messageOf(error))?.[1];
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Nobody answered: the SDK gives such errors a code of Node's. */
function isNetworks(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^E[A-Z_]+$/.test(code) || nameOf(error) === 'TimeoutError';
}
