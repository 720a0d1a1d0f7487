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

type Connect = (database: string) => Promise<Client>;

/** @param url of the user whom the secret names, for each database */
export function sessions(url: (database: string) => string, idleMs: number): Sessions {
  const connect: Connect = async (database) => {
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
  const open = transactions(connect, idleMs);
  const lent = pool(connect);
  return {
    begin: open.begin,
    within: open.within,
    end: open.end,
    alone: lent.alone,
    cancel: async (database, client) => {
      const other = await connect(database);
      await other.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]).finally(() => other.end());
    },
    close: async () => {
      await Promise.all([open.close(), lent.close()]);
    },
  };
}

function transactions(connect: Connect, idleMs: number): Pick<Sessions, 'begin' | 'within' | 'end' | 'close'> {
  const all = new Map<string, Transaction>();
  const forget = async (id: string) => {
    const transaction = all.get(id);
    all.delete(id);
    clearTimeout(transaction?.timer);
    await transaction?.client.end().catch(() => undefined);
  };
  const countdown = (id: string) => setTimeout(() => void forget(id), idleMs).unref();
  const within = async <T>(id: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const transaction = all.get(id);
    if (transaction === undefined) throw new Failure('TransactionNotFoundException', `Transaction ${id} is not found`);
    if (transaction.isBusy) throw new Failure('DatabaseErrorException', 'Transaction is still running a query');
    transaction.isBusy = true;
    clearTimeout(transaction.timer);
    try {
      const answer = await work(transaction.client);
      transaction.isBusy = false;
      transaction.timer = countdown(id);
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
      all.set(id, { client, isBusy: false, timer: countdown(id) });
      return id;
    },
    within,
    end: async (id, how) => {
      await within(id, (client) => client.query(how).catch((error: unknown) => Promise.reject(databaseFailure(error))));
      await forget(id);
    },
    close: async () => {
      await Promise.all([...all.keys()].map(forget));
    },
  };
}

function pool(connect: Connect): Pick<Sessions, 'alone' | 'close'> {
  const idle = new Map<string, Client[]>();
  return {
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
    close: async () => {
      await Promise.all([...idle.values()].flat().map((client) => client.end().catch(() => undefined)));
    },
  };
}
