// One schedule of the source's protocol: invocations that crash, fail, overlap or outlast their lease, and whatever else happens, all chosen by a seed.
import { ConnectlessError } from '../../../src/errors';
import { memoryState } from '../../../src/state/memory';
import { type Random, random } from '../random';
import { type VirtualClock, virtualClock } from '../virtual-clock';
import { database } from './database';
import { growTopics, mayTouchTopics } from './human';
import { invoke } from './invocation';
import { sourceMetrics } from './metrics';
import type { Mutation } from './mutation';
import { type Most, type SourceProfile, sourceProfile } from './profile';
import { FOREIGN_SCHEMA, sourceTopic } from './topic';
import type { SourceWorld, TableWorld } from './world';

/** Longer than a lease and what is waited for behind it. */
const LAST_INVOCATION_MS = 13_000;
/** Each of two tables may stop it several times. */
const MOST_LAST_INVOCATIONS = 12;

/** Runs the schedule of this seed to its end: everything committed, and an invocation that nothing disturbs. */
export async function runSourceSchedule(seed: number, mutation: Mutation = {}, most: Most = {}): Promise<SourceWorld> {
  const choose = random(seed);
  const profile = { ...sourceProfile(choose, mutation.mode), ...mutation.profile, ...most };
  const clock = virtualClock();
  const registry = memoryRegistry();
  const foreign = await registry.register('foreign-value', FOREIGN_SCHEMA);
  const tables = Array.from({ length: profile.tables }, (_, index) => newTable(choose, clock, profile, index, foreign));
  const committedAt = (text: string) =>
    tables.map(({ db }) => db.committed.get(text)?.at).find((at) => at !== undefined);
  // Rows ahead of their sequence are looked for once a minute only.
  const isMeasured = profile.tables === 1 && !profile.hasTwins && !profile.hasIdsAhead && !profile.isSetBack;
  const world: SourceWorld = {
    profile,
    random: choose,
    clock,
    tables,
    state: memoryState(),
    registry,
    metrics: sourceMetrics(committedAt, clock, isMeasured ? 2 * profile.skewMs : Number.POSITIVE_INFINITY),
    looks: new Map(),
    mutation,
    story: [`profile ${JSON.stringify(profile)}`],
    unexpected: [],
    stops: new Map(),
    faultsLeft: profile.faults,
    invocations: 0,
    alive: 0,
  };
  await clock.run(wholeStory(world));
  return world;
}

function newTable(
  choose: Random,
  clock: VirtualClock,
  profile: SourceProfile,
  index: number,
  foreign: number,
): TableWorld {
  return {
    name: `t${index}`,
    db: database(choose, clock, profile),
    topic: sourceTopic(choose, clock, profile, foreign),
    copies: [],
    copied: new Set(),
    announcedAt: 0,
    movedAt: 0,
    mayComeAgain: new Map(),
    events: new Set(profile.strangers > 0 ? ['strangers'] : []),
  };
}

async function wholeStory(world: SourceWorld): Promise<void> {
  const { random: choose, clock, tables, stops, unexpected, profile } = world;
  let isWriting = true;
  const writing = Promise.all([...tables.map(({ db }) => db.write()), growTopics(world)]).then(() => {
    isWriting = false;
  });
  const invocations: Promise<void>[] = [];
  while (isWriting) {
    const lasts = choose.integer(2500, 6000) + 2 * profile.skewMs;
    const invocation = invoke(world, lasts);
    invocations.push(invocation);
    // Whether a process is still there behind its deadline, the schedule does not know; sometimes it fires twice.
    if (!choose.chance(0.2)) await Promise.race([invocation, clock.sleep(lasts)]);
    await clock.sleep(choose.integer(0, 200));
    mayTouchTopics(world);
  }
  await Promise.all([writing, ...invocations]);
  mayTouchTopics(world);
  world.faultsLeft = 0;
  for (let left = MOST_LAST_INVOCATIONS; left > 0; left -= 1) {
    const before = sum(stops.values());
    await invoke(world, LAST_INVOCATION_MS + 2 * profile.skewMs);
    if (sum(stops.values()) === before) return;
  }
  unexpected.push('it stops again and again');
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}

function memoryRegistry(): SourceWorld['registry'] {
  const schemas: string[] = [];
  return {
    register: async (_, schema) => {
      if (!schemas.includes(schema)) schemas.push(schema);
      return schemas.indexOf(schema);
    },
    // Nothing is ever refused.
    wouldRegister: async () => ({}),
    schemaById: async (id) => {
      const schema = schemas[id];
      if (schema === undefined) throw new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);
      return schema;
    },
  };
}
