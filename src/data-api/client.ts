// Statements on an Aurora cluster through the RDS Data API.
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { dataApiError } from './errors';

/** Whose statements run where. */
export interface DataApiPlace {
  readonly clusterArn: string;
  /** Of user and password. */
  readonly secretArn: string;
  readonly database: string;
}

export interface DataApi {
  /** Runs one statement, in a transaction of its own. Throws the errors of `dataApiError`. */
  execute(sql: string): Promise<void>;
}

/** The Data API itself ends a statement after 45 s. */
const REQUEST_TIMEOUT_MS = 60_000;

export function dataApi({ clusterArn, secretArn, database }: DataApiPlace): DataApi {
  const client = new RDSDataClient({ requestHandler: { connectionTimeout: 5000, requestTimeout: REQUEST_TIMEOUT_MS } });
  return {
    execute: async (sql) => {
      const command = new ExecuteStatementCommand({ resourceArn: clusterArn, secretArn, database, sql });
      try {
        await client.send(command);
      } catch (error) {
        throw dataApiError(error, clusterArn);
      }
    },
  };
}
