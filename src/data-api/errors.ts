// Turns what the Data API answers into an error that names the cure.
import { ConnectlessError, messageOf } from '../errors';

const RESUMING = ['DatabaseResumingException'];
/** The writer is being made, fails over, or the secret has just been made or changed. */
const UNAVAILABLE = [
  'DatabaseUnavailableException',
  'DatabaseNotFoundException',
  'SecretsErrorException',
  'ServiceUnavailableError',
  'InternalServerErrorException',
];
const FORBIDDEN = ['AccessDeniedException', 'ForbiddenException'];

/**
 * `DATA_API_UNAVAILABLE` (retryable; a paused database is resuming, too), `DATA_API_FORBIDDEN`, `STATEMENT_FAILED` with the SQLSTATE
 * and Postgres's words, or `DATA_API_FAILED`.
 */
export function dataApiError(error: unknown, clusterArn: string): ConnectlessError {
  const name = error instanceof Error ? error.name : '';
  const said = messageOf(error);
  const make = (code: string, message: string, retryable = false) =>
    new ConnectlessError(code, message, { retryable, cause: error });
  if (RESUMING.includes(name)) return make('DATA_API_UNAVAILABLE', `${clusterArn} is resuming from its pause.`, true);
  if (UNAVAILABLE.includes(name) || isNetworks(error)) {
    return make('DATA_API_UNAVAILABLE', `The Data API cannot reach ${clusterArn} now (${name}: ${said}).`, true);
  }
  if (FORBIDDEN.includes(name)) {
    return make(
      'DATA_API_FORBIDDEN',
      `The Data API denies access to ${clusterArn}: ${said}. Grant rds-data:ExecuteStatement on it and secretsmanager:GetSecretValue on its secret.`,
    );
  }
  const [, sqlState] = /SQLState:\s*([0-9A-Z]{5})/i.exec(said) ?? [];
  if (sqlState !== undefined) return make('STATEMENT_FAILED', `SQLSTATE ${sqlState}: ${said}`);
  return make('DATA_API_FAILED', `The Data API of ${clusterArn} answers ${name}: ${said}`);
}

/** Nobody answered: the SDK gives such errors a code of Node's. */
function isNetworks(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^E[A-Z_]+$/.test(code) || (error instanceof Error && error.name === 'TimeoutError');
}
