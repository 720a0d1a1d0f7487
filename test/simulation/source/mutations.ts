// The faults that the schedules must find: each takes one precaution of the protocol away.
import type { Message, TopicLog } from '../../../src/kafka/topic-log';
import { type Cursor, move, type PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';
import type { Mode } from '../../../src/source/mode';
import type { SourceRun } from '../../../src/source/run';
import type { StateStore } from '../../../src/state/store';
import type { Database, OpenTransaction } from './database';
import type { Mutation } from './mutation';

interface Named extends Mutation {
  readonly name: string;
  /** What becomes of rows. */
  readonly finds: RegExp;
}

const troubled = { faults: 12, sleepiness: 0.02, restMs: 4000 };
const sleepy = { faults: 60, sleepiness: 0.4, topicEvents: [], transactions: 48, restMs: 4000 };
const broken = { faults: 12, unanswered: 0.7, restMs: 400, pageRows: 3, partitions: 1 };
const twins = { ...broken, hasTwins: true, hasSharedIds: false, changes: false, key: undefined };

export const MUTATIONS: readonly Named[] = [
  {
    name: 'the lease of another invocation is not waited for',
    finds: /doubled/,
    run: withIntents((intent) => ({ ...intent, until: 0 })),
    profile: troubled,
  },
  {
    name: 'what may be in flight behind a lease is not waited for',
    finds: /doubled/,
    run: (run) => ({ ...run, requestTimeoutMs: -1000 }),
    profile: sleepy,
  },
  {
    name: 'a process that wakes up behind its deadline sends its page',
    finds: /doubled/,
    run: (run) => ({
      ...run,
      invocation: { ...run.invocation, remainingMs: () => Math.max(1, run.invocation.remainingMs()) },
    }),
    writesBehindLease: true,
    profile: sleepy,
  },
  {
    name: 'all invocations take themselves for one',
    finds: /doubled/,
    run: (run) => ({ ...run, invocation: { ...run.invocation, id: 'the same' } }),
    profile: troubled,
  },
  { name: 'there is no intent', finds: /doubled/, run: withWrites(({ intent, ...rest }) => rest), profile: troubled },
  { name: 'a page is announced when it has been sent', finds: /doubled/, run: announcedLate, profile: troubled },
  {
    name: 'the topic is read from where it ends now, not from where the intent began',
    finds: /doubled/,
    run: (run) => withIntents(async (intent) => ({ ...intent, ends: await run.log.ends(intent.topic) }))(run),
    profile: troubled,
  },
  {
    name: 'a page that was announced is taken for sent',
    finds: /lost/,
    run: withReads(move),
    profile: troubled,
  },
  { name: 'the cursor is written whoever else has moved it', finds: /doubled|lost/, run: careless, profile: troubled },
  {
    name: 'messages find another partition each time they are sent',
    finds: /doubled/,
    run: scattered,
    profile: troubled,
  },
  {
    name: 'a page that is equal to the one before it is looked for among its records',
    finds: /lost|are said to be whole/,
    mode: 'bulk',
    run: withModes((mode) => ({ ...mode, mayRepeat: false })),
    profile: { ...twins, pageRows: 2 },
  },
  {
    name: 'an id counts in the records of any schema',
    finds: /lost/,
    mode: 'incrementing',
    run: withIntents((intent) => ('ids' in intent.rows ? { ...intent, rows: withoutSchema(intent.rows) } : intent)),
    profile: { ...broken, strangers: 0.5, topicEvents: [] },
  },
  {
    name: 'a row that was written again meanwhile is sent as it is now',
    finds: /doubled/,
    mode: 'xid8',
    run: withModes(({ rows, ...mode }) => ({
      ...mode,
      ...(rows && { rows: (ids) => rows(ids, {}, { xid: 2n ** 64n }) }),
    })),
    profile: { ...troubled, hasTwins: false, changes: true },
  },
  {
    name: 'records that retention took are taken for not written',
    finds: /doubled/,
    run: withLogs((log) => ({ ...log, starts: async (topic) => (await log.starts(topic)).map(() => 0) })),
    profile: { ...troubled, topicEvents: ['retention'] },
  },
  {
    name: 'records that compaction took are taken for not written',
    finds: /doubled/,
    mode: 'timestamp+incrementing',
    run: withLogs((log) => ({ ...log, read: (...range) => withoutGaps(log, ...range) })),
    profile: { ...troubled, key: 'field', changes: true, topicEvents: ['compaction'], strangers: 0.3 },
  },
  {
    name: 'clocks are further apart than a second',
    finds: /doubled/,
    profile: { ...sleepy, skewMs: 1500 },
  },
  { name: 'ids: nobody is waited for', finds: /lost/, mode: 'incrementing', database: seeing(() => false) },
  {
    name: 'ids: prepared transactions are not waited for',
    finds: /lost/,
    mode: 'incrementing',
    database: unprepared(),
  },
  { name: 'timestamps: nobody is waited for', finds: /lost/, mode: 'timestamp', database: seeing(() => false) },
  {
    name: 'timestamps: prepared transactions are not waited for',
    finds: /lost/,
    mode: 'timestamp+incrementing',
    database: unprepared(),
  },
  {
    name: 'xid8: rows above the oldest open transaction are read',
    finds: /lost/,
    mode: 'xid8',
    database: seeing(() => false),
  },
];

function seeing(isSeen: (one: OpenTransaction) => boolean): (database: Database) => Database {
  return (database) => Object.create(database, { open: { get: () => new Set([...database.open].filter(isSeen)) } });
}

function unprepared(): (database: Database) => Database {
  return seeing(({ isPrepared }) => !isPrepared);
}

function withModes(change: (mode: Mode) => Mode): (run: SourceRun) => SourceRun {
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

function withLogs(change: (log: TopicLog) => TopicLog): (run: SourceRun) => SourceRun {
  return (run) => ({ ...run, log: change(run.log) });
}

function withState(change: (state: StateStore) => StateStore): (run: SourceRun) => SourceRun {
  return (run) => ({ ...run, state: change(run.state) });
}

/** Cursors are read as something else. */
function withReads(change: (cursor: Cursor) => Cursor | Promise<Cursor>): (run: SourceRun) => SourceRun {
  return withState((state) => ({
    ...state,
    read: async (key) => {
      const found = await state.read(key);
      return found && { ...found, body: printCursor(await change(parseCursor(found.body, key))) };
    },
  }));
}

function withIntents(change: (intent: PageIntent) => PageIntent | Promise<PageIntent>): (run: SourceRun) => SourceRun {
  return withReads(async (cursor) =>
    cursor.intent === undefined ? cursor : { ...cursor, intent: await change(cursor.intent) },
  );
}

/** Cursors are written as something else. */
function withWrites(change: (cursor: Cursor) => Cursor): (run: SourceRun) => SourceRun {
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

function careless(run: SourceRun): SourceRun {
  return withState((state) => ({
    ...state,
    replace: async (key, body, version) => state.replace(key, body, (await state.read(key))?.version ?? version),
  }))(run);
}

/** Of each topic, what is announced is written behind the messages. */
function announcedLate(run: SourceRun): SourceRun {
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

function scattered(run: SourceRun): SourceRun {
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
async function* withoutGaps(
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

function withoutSchema<Rows extends { readonly schema?: number }>({ schema, ...rows }: Rows): Omit<Rows, 'schema'> {
  return rows;
}
