// Tables that are altered while they are written and read: each row is there once, in the order of the ids.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { builtInRegistry } from '../../../src/registry/built-in';
import { valueSubject } from '../../../src/registry/registry';
import { memoryState } from '../../../src/state/memory';
import type { StateStore } from '../../../src/state/store';
import { type FreshDatabase, freshDatabase } from '../fresh-database';
import { freshTopics, type RunningSource, startSource } from '../source-harness';

jest.setTimeout(120_000);

const WRITERS = 4;
const PAGE = 50;

let fresh: FreshDatabase;
let client: Client;

beforeAll(async () => {
  fresh = await freshDatabase('changes');
  client = await connected();
});

afterAll(async () => {
  await client.end();
  await fresh.drop();
});

async function connected(): Promise<Client> {
  const one = new Client({ connectionString: fresh.url });
  await one.connect();
  return one;
}

/** Rows keep coming, in transactions of a few. */
function startWriting(table: string) {
  let isOver = false;
  const writing = Array.from({ length: WRITERS }, async () => {
    const own = await connected();
    while (!isOver) {
      await own.query('BEGIN');
      await own.query(`INSERT INTO ${table}(a) SELECT n FROM generate_series(1, 5) n`);
      await sleep(10);
      await own.query('COMMIT');
    }
    await own.end();
  });
  return async () => {
    isOver = true;
    await Promise.all(writing);
  };
}

interface Altered {
  readonly table: string;
  readonly topic: string;
  readonly state: StateStore;
  start(): RunningSource;
}

async function altered(table: string): Promise<Altered> {
  await client.query(`CREATE TABLE ${table}(id bigserial PRIMARY KEY, a int NOT NULL)`);
  const topicPrefix = await freshTopics([table]);
  const state = memoryState();
  const settings = { topicPrefix, tables: { whitelist: [table], types: ['TABLE'] }, batchMaxRows: PAGE };
  return { table, topic: topicPrefix + table, state, start: () => startSource(fresh.url, settings, state) };
}

async function idsOf(table: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`);
  return rows.map(({ id }) => id);
}

async function recordsOf(source: RunningSource, topic: string) {
  return (await source.records(topic)).map(({ schema, value }) => ({ fields: fieldsOf(schema), id: String(value.id) }));
}

/** `id:long a:int` */
function fieldsOf(schema: string): string {
  const { fields } = JSON.parse(schema) as { fields: { name: string; type: unknown }[] };
  return fields.map(({ name, type }) => `${name}:${typeof type === 'string' ? type : JSON.stringify(type)}`).join(' ');
}

/** Until the source has read rows since now: more than the two pages that it may have had at hand. */
async function moreRows(source: RunningSource, topic: string): Promise<void> {
  const [before = 0] = await source.log.ends(topic);
  await source.until(async () => ((await source.log.ends(topic))[0] ?? 0) > before + 4 * PAGE);
}

describe('a table that is altered under load', () => {
  test('columns added, widened, renamed and dropped: no row is lost or double', async () => {
    const { table, topic, start } = await altered('changing');
    const stopWriting = startWriting(table);
    const source = start();
    for (const change of [
      'ADD COLUMN b text',
      'ALTER COLUMN a TYPE bigint',
      'RENAME COLUMN b TO c',
      'ALTER COLUMN a DROP NOT NULL',
      'DROP COLUMN c',
    ]) {
      await moreRows(source, topic);
      await client.query(`ALTER TABLE ${table} ${change}`);
    }
    await moreRows(source, topic);
    await stopWriting();
    const ids = await idsOf(table);
    await source.until(async () => ((await source.log.ends(topic))[0] ?? 0) >= ids.length);
    const records = await recordsOf(source, topic);
    await source.stop();
    expect(records.map(({ id }) => id)).toEqual(ids);
    const optional = (type: string) => `["null","${type}"]`;
    expect([...new Set(records.map(({ fields }) => fields))]).toEqual([
      'id:long a:int',
      `id:long a:int b:${optional('string')}`,
      `id:long a:long b:${optional('string')}`,
      `id:long a:long c:${optional('string')}`,
      `id:long a:${optional('long')} c:${optional('string')}`,
      `id:long a:${optional('long')}`,
    ]);
  });

  const refusedColumn = 'ADD COLUMN b int NOT NULL DEFAULT 7';

  test.each([
    [
      'the column is made nullable',
      async ({ table }: Altered) => void (await client.query(`ALTER TABLE ${table} ALTER COLUMN b DROP NOT NULL`)),
    ],
    [
      'the subject takes any schema',
      async ({ topic, state }: Altered) => builtInRegistry(state).setLevel(valueSubject(topic), 'NONE'),
    ],
  ])(
    'a schema that the registry refuses ends the reading before its first row; it goes on when %s',
    async (cure, heal) => {
      const one = await altered(cure.includes('column') ? 'cured_column' : 'cured_subject');
      const { table, topic, start } = one;
      const stopWriting = startWriting(table);
      const first = start();
      await moreRows(first, topic);
      await client.query(`ALTER TABLE ${table} ${refusedColumn}`);
      await expect(first.until(() => false)).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
      expect(first.lines.join('\n')).toMatch(/stops reading a table/);
      await expect(first.stop()).rejects.toThrow(/\bb\b/);
      // Another invocation stops at the same row.
      const second = start();
      await expect(second.until(() => false)).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
      await expect(second.stop()).rejects.toThrow();
      await heal(one);
      const third = start();
      await moreRows(third, topic);
      await stopWriting();
      const ids = await idsOf(table);
      await third.until(async () => ((await third.log.ends(topic))[0] ?? 0) >= ids.length);
      const records = await recordsOf(third, topic);
      await third.stop();
      expect(records.map(({ id }) => id)).toEqual(ids);
      const [before = '', after = '', ...more] = new Set(records.map(({ fields }) => fields));
      expect([before, more]).toEqual(['id:long a:int', []]);
      expect(after).toMatch(/^id:long a:int b:/);
    },
  );
});
