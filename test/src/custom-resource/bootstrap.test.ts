import { describe, expect, test } from '@jest/globals';
import type { DataApiConfig } from '../../../src/config/source-model';
import { bootstrapResource } from '../../../src/custom-resource/bootstrap';
import type { Patience } from '../../../src/custom-resource/patience';
import { ConnectlessError } from '../../../src/errors';
import { createEvent, deleteEvent, updateEvent } from './events';

const properties = {
  ClusterArn: 'arn:cluster',
  SecretArn: 'arn:secret',
  Database: 'postgres',
  Statements: ['one', 'two'],
};

const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'arn:reader': { username: "the 'reader", password: 'a password' },
  'arn:half': { username: 'reader' },
};

function world(fails: (sql: string, attempt: number) => ConnectlessError | undefined = () => undefined) {
  const executed: string[] = [];
  const places: DataApiConfig[] = [];
  let now = 0;
  const patient: Patience = {
    now: () => now,
    remainingMs: () => 600_000 - now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const connect = (place: DataApiConfig) => {
    places.push(place);
    return {
      execute: async (sql: string) => {
        executed.push(sql);
        const error = fails(sql, executed.length);
        if (error !== undefined) throw error;
      },
    };
  };
  const readSecret = async (secret: string) => new Map(Object.entries(SECRETS[secret] ?? {}));
  const run = (event: Parameters<typeof bootstrapResource>[0]) =>
    bootstrapResource(event, patient, { connect, readSecret });
  return { executed, places, run };
}

describe('the bootstrap of a database', () => {
  test.each([createEvent(properties), updateEvent({ ...properties, Statements: [] }, properties)])(
    'runs all statements, one after the other: $RequestType',
    async (event) => {
      const { executed, places, run } = world();
      expect(await run(event)).toEqual({ PhysicalResourceId: 'arn:cluster/postgres' });
      expect(executed).toEqual(['one', 'two']);
      expect(places).toEqual([{ clusterArn: 'arn:cluster', secretArn: 'arn:secret', database: 'postgres' }]);
    },
  );

  test('makes another database before, from the one that every server has, and does not mind that it is there', async () => {
    const there = new ConnectlessError('STATEMENT_FAILED', 'SQLSTATE 42P04: ERROR: database "a""b" already exists');
    for (const fails of [() => undefined, (sql: string) => (sql.startsWith('CREATE DATABASE') ? there : undefined)]) {
      const { executed, places, run } = world(fails);
      expect(await run(createEvent({ ...properties, Database: 'a"b' }))).toEqual({
        PhysicalResourceId: 'arn:cluster/a"b',
      });
      expect(executed).toEqual(['CREATE DATABASE "a""b"', 'one', 'two']);
      expect(places.map(({ database }) => database)).toEqual(['postgres', 'a"b']);
    }
  });

  test('stops where it may not make a database', async () => {
    const denied = new ConnectlessError('STATEMENT_FAILED', 'SQLSTATE 42501: ERROR: permission denied');
    const { executed, run } = world(() => denied);
    await expect(run(createEvent({ ...properties, Database: 'shop' }))).rejects.toThrow(
      'CREATE DATABASE "shop" failed with SQLSTATE 42501',
    );
    expect(executed).toHaveLength(1);
  });

  test('gives a role the password of its secret at last, in a form that no log can be read from', async () => {
    const { executed, run } = world();
    await run(createEvent({ ...properties, PasswordSecretArn: 'arn:reader' }));
    expect(executed).toEqual([
      'one',
      'two',
      expect.stringContaining("LOGIN PASSWORD %L', 'the ''reader', 'SCRAM-SHA-256$"),
    ]);
    expect(executed.join()).not.toMatch(/a password|:/);
  });

  test('names a secret that has no password, before anything is executed', async () => {
    const { executed, run } = world();
    const failing = run(createEvent({ ...properties, PasswordSecretArn: 'arn:half' }));
    await expect(failing).rejects.toThrow('The secret arn:half lacks username or password: add it.');
    expect(executed).toEqual([]);
  });

  test('waits for a database that is resuming, and repeats the statement that it did not take', async () => {
    const resuming = new ConnectlessError('DATA_API_UNAVAILABLE', 'resuming', { retryable: true });
    const { executed, run } = world((_, attempt) => (attempt < 3 ? resuming : undefined));
    await run(createEvent(properties));
    expect(executed).toEqual(['one', 'one', 'one', 'two']);
  });

  test('stops at a statement that fails, and says which one, why, and what to do', async () => {
    const denied = new ConnectlessError('STATEMENT_FAILED', 'SQLSTATE 42501: ERROR: permission denied');
    const { executed, run } = world((sql) => (sql === 'two' ? denied : undefined));
    const failing = run(createEvent({ ...properties, Statements: ['one', 'two', 'three'] }));
    await expect(failing).rejects.toMatchObject({ code: 'BOOTSTRAP_FAILED', retryable: false });
    await expect(failing).rejects.toThrow(
      'Statement 2 of 3 on database postgres failed with SQLSTATE 42501: ERROR: permission denied. Those before it have run; all may run again: mend the cause and deploy again.',
    );
    expect(executed).toEqual(['one', 'two']);
  });

  test('names the statement of any other failure, too', async () => {
    const { run } = world(() => new ConnectlessError('DATA_API_FAILED', 'no such secret'));
    await expect(run(createEvent(properties))).rejects.toMatchObject({
      code: 'DATA_API_FAILED',
      message: 'Statement 1 of 2 on database postgres: no such secret',
    });
  });

  test('drops nothing when it is deleted, and does not mind what its properties were', async () => {
    const { executed, places, run } = world();
    expect(await run(deleteEvent('arn:cluster/postgres'))).toEqual({ PhysicalResourceId: 'arn:cluster/postgres' });
    expect([executed, places]).toEqual([[], []]);
  });

  test.each(['ClusterArn', 'SecretArn', 'Database', 'Statements'])(
    'names a property that is missing: %s',
    async (name) => {
      const { [name]: _, ...others } = properties as Record<string, unknown>;
      await expect(world().run(createEvent(others))).rejects.toThrow(`property ${name}: write`);
    },
  );
});
