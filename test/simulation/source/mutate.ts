// How a precaution of the protocol is taken away: by wrapping what an invocation is given.
import type { Message, TopicLog } from '../../../src/kafka/topic-log';
import type { Cursor, PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';
import type { Mode } from '../../../src/source/mode';
import type { SourceRun } from '../../../src/source/run';
import type { StateStore } from '../../../src/state/store';
import type { Database, OpenTransaction } from './database';

export function seeing(isSeen: (one: OpenTransaction) => boolean): (database: Database) => Database {
  return (database) => Object.create(database, { open: { get: () => new Set([...database.open].filter(isSeen)) } });
}

export function unprepared(): (database: Database) => Database {
  return seeing(({ isPrepared }) => !isPrepared);
}

export function withModes(change: (mode: Mode) => Mode): (run: SourceRun) => SourceRun {
  return (run) => ({
    ...run,
    tables: {
      ...run.tables,
      open: (table, work) => {
        const opened = run.tables.open(table, work);
        return { ...opened, mode: change(opened.mode) };
      },
    },
  });
}

export function withLogs(change: (log: TopicLog) => TopicLog): (run: SourceRun) => SourceRun {
  return (run) => ({ ...run, log: change(run.log) });
}

function withState(change: (state: StateStore) => StateStore): (run: SourceRun) => SourceRun {
  return (run) => ({ ...run, state: change(run.state) });
}

/** Cursors are read as something else. */
export function withReads(change: (cursor: Cursor) => Cursor | Promise<Cursor>): (run: SourceRun) => SourceRun {
  return withState((state) => ({
    ...state,
    read: async (key) => {
      const found = await state.read(key);
      return found && { ...found, body: printCursor(await change(parseCursor(found.body, key))) };
    },
  }));
}

export function withIntents(
  change: (intent: PageIntent) => PageIntent | Promise<PageIntent>,
): (run: SourceRun) => SourceRun {
  return withReads(async (cursor) =>
    cursor.intent === undefined ? cursor : { ...cursor, intent: await change(cursor.intent) },
  );
}

/** Cursors are written as something else. */
export function withWrites(change: (cursor: Cursor) => Cursor): (run: SourceRun) => SourceRun {
  const changed = (key: string, body: Buffer) => {
    const cursor = parseCursor(body, key);
    return cursor.intent === undefined ? body : printCursor(change(cursor), cursor.intent.owner);
  };
  return withState((state) => ({
    ...state,
    create: (key, body) => state.create(key, changed(key, body)),
    replace: (key, body, version) => state.replace(key, changed(key, body), version),
  }));
}

export function careless(run: SourceRun): SourceRun {
  return withState((state) => ({
    ...state,
    replace: async (key, body, version) => state.replace(key, body, (await state.read(key))?.version ?? version),
  }))(run);
}

/** Of each topic, what is announced is written behind the messages. */
export function announcedLate(run: SourceRun): SourceRun {
  const { state, log } = run;
  const put = { create: state.create, replace: state.replace };
  const waiting = new Map<
    string,
    { readonly key: string; readonly body: Buffer; readonly version: string | undefined }
  >();
  const late = async (key: string, body: Buffer, version: string | undefined): Promise<string | undefined> => {
    const { intent } = parseCursor(body, key);
    const before = [...waiting.values()].find((one) => one.key === key);
    const held = before === undefined ? version : (await state.read(key))?.version;
    if (intent === undefined) return held === undefined ? put.create(key, body) : put.replace(key, body, held);
    waiting.set(intent.topic, { key, body, version: held });
    return 'to be written';
  };
  return {
    ...run,
    state: { ...state, create: (key, body) => late(key, body, undefined), replace: late },
    log: {
      ...log,
      append: async (topic, messages) => {
        await log.append(topic, messages);
        const one = waiting.get(topic);
        if (one === undefined) return;
        if (one.version === undefined) await put.create(one.key, one.body);
        else await put.replace(one.key, one.body, one.version);
      },
    },
  };
}

export function scattered(run: SourceRun): SourceRun {
  let calls = 0;
  const { log } = run;
  const again = (message: Message, partitions: number) => ({
    ...message,
    partition: (message.partition + calls) % partitions,
  });
  return {
    ...run,
    log: {
      ...log,
      append: async (topic, messages) => {
        const { length } = await log.ends(topic);
        await log.append(
          topic,
          messages.map((message) => again(message, length)),
        );
        calls += 1;
      },
    },
  };
}

/** A record without content stands for each that is not there. */
export async function* withoutGaps(
  log: TopicLog,
  ...[topic, from, until]: Parameters<TopicLog['read']>
): ReturnType<TopicLog['read']> {
  const next = [...from];
  for await (const record of log.read(topic, from, until)) {
    const { partition, offset } = record;
    for (let at = next[partition] ?? 0; at < offset; at += 1) yield { ...record, offset: at, key: null, value: null };
    next[partition] = offset + 1;
    yield record;
  }
  for (const [partition, end] of until.entries()) {
    for (let offset = next[partition] ?? 0; offset < end; offset += 1) {
      yield { partition, offset, timestamp: 0, key: null, value: null, headers: [] };
    }
  }
}

export function withoutSchema<Rows extends { readonly schema?: number }>({
  schema,
  ...rows
}: Rows): Omit<Rows, 'schema'> {
  return rows;
}
