// The emulated Data API as the bootstrap's tests ask it: one cluster, one secret, and what was executed.
import { resuming } from '../../local/data-api/failure';
import { startDataApi as start } from '../../local/data-api/server';

export const CLUSTER_ARN = 'arn:aws:rds:us-east-1:000000000000:cluster:test';
export const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:test';

export interface DataApiServer {
  readonly endpoint: string;
  /** The statements that it was asked to execute. */
  readonly asked: readonly string[];
  /** So many of the next requests find the database paused. */
  pause(requests: number): void;
  close(): Promise<void>;
}

/** @param url the user's whom the secret names, for each database */
export async function startDataApi(url: (database: string) => string): Promise<DataApiServer> {
  const { endpoint, calls, failures, close } = await start({ clusterArn: CLUSTER_ARN, secretArn: SECRET_ARN, url });
  return {
    endpoint,
    get asked() {
      return calls.map(({ sql = '' }) => sql);
    },
    pause: (requests) => failures.push(...Array.from({ length: requests }, resuming)),
    close,
  };
}
