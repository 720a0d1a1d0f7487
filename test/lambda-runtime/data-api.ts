// ExecuteStatement of the RDS Data API over a real Postgres, for statements without parameters: an endpoint for the AWS SDK.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { messageOf } from '../../src/errors';

export interface DataApiEndpoint {
  /** `host:port` */
  readonly address: string;
  close(): Promise<void>;
}

export async function startDataApi(databaseUrl: string): Promise<DataApiEndpoint> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const server = createServer(async (request, response) => {
    const { sql } = JSON.parse(await text(request));
    try {
      const { rowCount } = await database.query(sql);
      response.writeHead(200).end(JSON.stringify({ numberOfRecordsUpdated: rowCount ?? 0 }));
    } catch (error) {
      response.writeHead(400, { 'x-amzn-errortype': 'DatabaseErrorException' });
      response.end(JSON.stringify({ message: `ERROR: ${messageOf(error)}` }));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await database.end();
    },
  };
}
