// What a SQLSTATE means to a source, whichever way the statement went.
import { ConnectlessError } from '../errors';

/** Classes and states after which the same work may succeed (PostgreSQL manual, appendix A). */
const PASSING = /^(08...|53...|57P0[1235]|40001|40P01|55P03|58000)$/;
const READS_ALONE =
  'The source only reads: take out of query and query.suffix what writes or locks rows (nextval, FOR UPDATE, functions that insert).';

/** How a message names the server, and what it advises. */
export interface Advice {
  readonly server: string;
  readonly login: string;
  readonly database: string;
  /** To whom rights are to be granted. */
  readonly user: string;
}

export function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /[0-9]/.test(code);
}

/**
 * `POSTGRES_AUTHENTICATION`, `POSTGRES_DATABASE_NOT_FOUND`, `POSTGRES_FORBIDDEN`, `TABLE_NOT_FOUND` (retryable: it may be created),
 * `POSTGRES_STATEMENT_TIMEOUT` (retryable), `QUERY_WRITES`, `POSTGRES_UNAVAILABLE` (retryable), or `POSTGRES_FAILED`; all with the
 * server's own words.
 */
export function sqlStateError(state: string, said: string, advice: Advice, cause: unknown): ConnectlessError {
  const { server } = advice;
  const make = (name: string, message: string, retryable = false) =>
    new ConnectlessError(name, message, { retryable, cause });
  if (/^28/.test(state)) {
    return make('POSTGRES_AUTHENTICATION', `${server} refuses the connection: ${said}. ${advice.login}`);
  }
  if (state === '3D000') return make('POSTGRES_DATABASE_NOT_FOUND', `${server}: ${said}. ${advice.database}`);
  if (state === '42501') {
    return make('POSTGRES_FORBIDDEN', `${server}: ${said}. GRANT SELECT on it to the user ${advice.user}.`);
  }
  if (state === '42P01' || state === '3F000') return make('TABLE_NOT_FOUND', `${server}: ${said}.`, true);
  if (state === '57014') {
    return make('POSTGRES_STATEMENT_TIMEOUT', `${server} ended a statement before its answer: ${said}.`, true);
  }
  if (state === '25006' && !/recovery/i.test(said)) {
    return make('QUERY_WRITES', `${server}: ${said}. ${READS_ALONE}`);
  }
  if (PASSING.test(state) || state === '25006') return make('POSTGRES_UNAVAILABLE', `${server}: ${said}.`, true);
  return make('POSTGRES_FAILED', `${server}: ${said} (SQLSTATE ${state}).`);
}
