// A database of a test's own on the environment's Postgres.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { environment } from './environment';

export interface FreshDatabase {
  readonly url: string;
  /** Ends its connections, too. */
  drop(): Promise<void>;
}

/** @param name letters and digits; made unique */
export async function freshDatabase(name: string): Promise<FreshDatabase> {
  const database = `${name}_${randomBytes(4).toString('hex')}`;
  await onServer(`CREATE DATABASE "${database}"`);
  const url = new URL(environment().postgresUrl);
  url.pathname = `/${database}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE "${database}" WITH (FORCE)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: environment().postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
