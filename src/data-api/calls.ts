// Calls to the Data API, each sent again as long as another attempt may do; values as text.
import {
  BeginTransactionCommand,
  type ColumnMetadata,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type Field,
  RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import pRetry from 'p-retry';
import type { DataApiConfig } from '../config/source-model';
import { ConnectlessError } from '../errors';
import type { Log } from '../log';
import type { Rows } from '../postgres/database';
import { timeLimit } from '../postgres/time-limit';
import { databaseError, isResuming } from './errors';
import { TIMEOUTS } from './timeouts';

interface Answer {
  readonly rows: Rows;
  /** Where it was asked for. */
  readonly metadata: readonly ColumnMetadata[];
}

interface ExecuteOptions {
  readonly transaction?: string | undefined;
  readonly metadata?: boolean;
}

export interface Calls {
  execute(sql: string, options?: ExecuteOptions): Promise<Answer>;
  /** The work's statements in one transaction, which ends with it. */
  transaction<T>(work: (transaction: string) => Promise<T>): Promise<T>;
  /** Answers a transaction's id. */
  begin(): Promise<string>;
  /** @param how a commit fails when the transaction is gone, a rollback does not */
  end(transaction: string, how: 'commit' | 'rollback'): Promise<void>;
  close(): void;
}

/** A database that was paused for long takes half a minute and more to resume. */
const RESUME_PATIENCE_MS = 90_000;
const ATTEMPTS = 4;

/**
 * Errors: those of `databaseError`, and OUT_OF_TIME.
 *
 * @param remainingMs of the invocation: no call takes longer; absent: as long as it takes
 */
export function dataApiCalls(place: DataApiConfig, log: Log, remainingMs?: () => number): Calls {
  // The SDK would send a FETCH again whose answer was lost, and its rows with it.
  const client = new RDSDataClient({ maxAttempts: 1, requestHandler: TIMEOUTS });
  const { database } = place;
  const arns = { resourceArn: place.clusterArn, secretArn: place.secretArn };
  const send = sender(place, log);
  const limit = () => (remainingMs === undefined ? {} : { abortSignal: AbortSignal.timeout(timeLimit(remainingMs())) });
  const calls: Omit<Calls, 'transaction'> = {
    begin: async () => {
      const answer = await send(() => client.send(new BeginTransactionCommand({ ...arns, database }), limit()), true);
      return answer.transactionId ?? '';
    },
    end: async (transactionId, how) => {
      if (how === 'commit') {
        await send(() => client.send(new CommitTransactionCommand({ ...arns, transactionId }), limit()), false);
        return;
      }
      await client.send(new RollbackTransactionCommand({ ...arns, transactionId })).catch(() => undefined);
    },
    execute: async (sql, { transaction, metadata = false } = {}) => {
      const command = new ExecuteStatementCommand({
        ...arns,
        database,
        sql,
        includeResultMetadata: metadata,
        resultSetOptions: { longReturnType: 'STRING', decimalReturnType: 'STRING' },
        ...(transaction === undefined ? {} : { transactionId: transaction }),
      });
      const answer = await send(() => client.send(command, limit()), transaction === undefined);
      return { rows: (answer.records ?? []).map((row) => row.map(text)), metadata: answer.columnMetadata ?? [] };
    },
    close: () => client.destroy(),
  };
  return { ...calls, transaction: (work) => inTransaction(calls, work) };
}

/** @param isRepeatable nothing is lost when it is carried out twice */
type Send = <T>(call: () => Promise<T>, isRepeatable: boolean) => Promise<T>;

function sender(place: DataApiConfig, log: Log): Send {
  return (call, isRepeatable) => {
    const attempt = async () => {
      try {
        return await call();
      } catch (error) {
        throw databaseError(error, place);
      }
    };
    return isRepeatable ? retried(attempt, log) : attempt();
  };
}

async function inTransaction<T>(
  calls: Pick<Calls, 'begin' | 'end'>,
  work: (transaction: string) => Promise<T>,
): Promise<T> {
  const transaction = await calls.begin();
  try {
    const answer = await work(transaction);
    await calls.end(transaction, 'commit');
    return answer;
  } catch (error) {
    await calls.end(transaction, 'rollback');
    throw error;
  }
}

/** As Postgres's text protocol has it, for the types that a statement of ours answers beside records. */
function text(field: Field): string | null {
  if (field.stringValue !== undefined) return field.stringValue;
  if (field.booleanValue !== undefined) return field.booleanValue ? 't' : 'f';
  if (field.isNull) return null;
  const number = field.longValue ?? field.doubleValue;
  if (number !== undefined) return String(number);
  throw new ConnectlessError('DATA_API_FAILED', 'The Data API answers a value that is neither text nor number.');
}

/** Only what does not depend on a transaction. A database that resumes is waited for; anything else gets a few attempts. */
function retried<T>(attempt: () => Promise<T>, log: Log): Promise<T> {
  return pRetry(attempt, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 500,
    maxTimeout: 5000,
    randomize: true,
    maxRetryTime: RESUME_PATIENCE_MS,
    shouldRetry: ({ error, attemptNumber }) => isResuming(error) || (isUnavailable(error) && attemptNumber < ATTEMPTS),
    onFailedAttempt: ({ error }) => {
      if (isResuming(error)) log.info('The database was paused and is resuming', { reason: error.message });
      else if (isUnavailable(error)) log.warn('The Data API is asked again', { reason: error.message });
    },
  });
}

function isUnavailable(error: Error): boolean {
  return error instanceof ConnectlessError && error.code === 'DATA_API_UNAVAILABLE';
}
