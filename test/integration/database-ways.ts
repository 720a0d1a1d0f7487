// Both ways to one Postgres: pg's protocol, and the RDS Data API by its emulator.
import { startDataApi } from '../../local/data-api/server';
import { dataApiDatabase } from '../../src/data-api/database';
import type { Database } from '../../src/postgres/database';
import { postgresDatabase } from '../../src/postgres/postgres-database';
import { postgresConfig } from './source-harness';

interface Way {
  readonly database: Database;
  close(): Promise<void>;
}

/** By name; each opens a database by its url. */
export const ways: readonly (readonly [name: string, open: (url: string) => Promise<Way>])[] = [
  [
    'pg',
    async (url) => {
      const database = postgresDatabase(postgresConfig(url));
      return { database, close: () => database.close() };
    },
  ],
  [
    'the RDS Data API',
    async (url) => {
      const place = {
        clusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:types',
        secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:types',
      };
      const server = await startDataApi({ ...place, url: () => url });
      process.env.AWS_ENDPOINT_URL_RDS_DATA = server.endpoint;
      const database = dataApiDatabase({ ...place, database: new URL(url).pathname.slice(1) });
      return {
        database,
        close: async () => {
          delete process.env.AWS_ENDPOINT_URL_RDS_DATA;
          await database.close();
          await server.close();
        },
      };
    },
  ],
];
