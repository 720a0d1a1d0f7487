// Statements on an Aurora cluster through the RDS Data API.
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { DataApiConfig } from '../config/source-model';
import { dataApiError } from './errors';
import { TIMEOUTS } from './timeouts';

export interface DataApi {
  /** Runs one statement, in a transaction of its own. Throws the errors of `dataApiError`. */
  execute(sql: string): Promise<void>;
}

export function dataApi({ clusterArn, secretArn, database }: DataApiConfig): DataApi {
  const client = new RDSDataClient({ requestHandler: TIMEOUTS });
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
