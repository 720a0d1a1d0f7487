// The faults that the schedules must find: each takes one precaution of the protocol away.
import { move } from '../../../src/source/cursor';
import {
  announcedLate,
  careless,
  scattered,
  seeing,
  unprepared,
  withIntents,
  withLogs,
  withModes,
  withoutGaps,
  withoutSchema,
  withReads,
  withWrites,
} from './mutate';
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
