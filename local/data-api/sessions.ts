// The connections behind the Data API: one for each transaction, and others that are lent for one statement.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { databaseFailure, Failure } from './failure';

export interface Sessions {
  /** Begins a transaction and answers its id. */
  begin(database: string): Promise<string>;
  /** Work in a transaction; whatever fails ends it. Throws TransactionNotFoundException. */
  within<T>(id: string, work: (client: Client) => Promise<T>): Promise<T>;
  end(id: string, how: 'COMMIT' | 'ROLLBACK'): Promise<void>;
  /** Work on a connection in the state of a new one. */
  alone<T>(database: string, work: (client: Client) => Promise<T>): Promise<T>;
  /** Ends the statement that the connection is running. */
  cancel(database: string, client: Client): Promise<void>;
  close(): Promise<void>;
}

interface Transaction {
  readonly client: Client;
  isBusy: boolean;
  timer: NodeJS.Timeout;
}

/** @param url of the user whom the secret names, for each database */
export function sessions(url: (database: string) => string, idleMs: number): Sessions {
  const idle = new Map<string, Client[]>();
  const transactions = new Map<string, Transaction>();

  const connect = async (database: string): Promise<Client> => {
    const client = new Client({
      connectionString: url(database),
      application_name: 'data-api',
      options: '-c TimeZone=UTC',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw databaseFailure(error);
    }
  };
  const forget = async (id: string) => {
    const transaction = transactions.get(id);
    transactions.delete(id);
    clearTimeout(transaction?.timer);
    await transaction?.client.end().catch(() => undefined);
  };
  const within = async <T>(id: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const transaction = transactions.get(id);
    if (transaction === undefined) throw new Failure('TransactionNotFoundException', `Transaction ${id} is not found`);
    if (transaction.isBusy) throw new Failure('DatabaseErrorException', 'Transaction is still running a query');
    transaction.isBusy = true;
    clearTimeout(transaction.timer);
    try {
      const answer = await work(transaction.client);
      transaction.isBusy = false;
      transaction.timer = setTimeout(() => void forget(id), idleMs).unref();
      return answer;
    } catch (error) {
      await forget(id);
      throw error;
    }
  };

  return {
    begin: async (database) => {
      const client = await connect(database);
      await client.query('BEGIN');
      const id = randomBytes(96).toString('base64');
      transactions.set(id, { client, isBusy: false, timer: setTimeout(() => void forget(id), idleMs).unref() });
      return id;
    },
    within,
    end: async (id, how) => {
      await within(id, (client) => client.query(how).catch((error: unknown) => Promise.reject(databaseFailure(error))));
      await forget(id);
    },
    alone: async (database, work) => {
      const client = idle.get(database)?.pop() ?? (await connect(database));
      try {
        const answer = await work(client);
        await client.query('DISCARD ALL');
        idle.set(database, [...(idle.get(database) ?? []), client]);
        return answer;
      } catch (error) {
        void client.end().catch(() => undefined);
        throw error;
      }
    },
    cancel: async (database, client) => {
      const other = await connect(database);
      await other.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]).finally(() => other.end());
    },
    close: async () => {
      await Promise.all([...transactions.keys()].map(forget));
      await Promise.all([...idle.values()].flat().map((client) => client.end().catch(() => undefined)));
    },
  };
}
