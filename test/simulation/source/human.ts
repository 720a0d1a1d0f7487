// What humans do between and beside invocations: topics grow, are made anew, lose records; and the cure when the source has stopped.
import { cursorKey, move, type PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';
import { REQUEST_TIMEOUT_MS } from './log';
import { seenIn } from './rows';
import type { SourceTopic } from './topic';
import { identity } from './verdict';
import type { SourceWorld, TableWorld } from './world';

/**
 * Waits until nothing can be in flight, looks which rows of the page are in the topic, and sets the cursor as the error says:
 * behind them when all are there, else before them, and then those that are there come again.
 */
export async function cure(world: SourceWorld, table: TableWorld): Promise<void> {
  const { state, clock, profile } = world;
  const key = cursorKey('simulated', `public.${table.name}`);
  for (;;) {
    const found = await state.read(key);
    const cursor = found && parseCursor(found.body, key);
    if (found === undefined || cursor?.intent === undefined) return;
    const wait = cursor.intent.until + REQUEST_TIMEOUT_MS + 2 * profile.skewMs - clock.now();
    if (wait > 0) {
      await clock.sleep(wait);
      continue;
    }
    const isBehind = isThere(table, cursor.intent);
    const next = isBehind ? move(cursor) : { table: cursor.table, position: cursor.position };
    if ((await state.replace(key, printCursor(next), found.version)) === undefined) continue;
    cured(world, table, isBehind);
    return;
  }
}

function cured(
  { story, clock, profile }: SourceWorld,
  { name, topic, movedAt, mayComeAgain }: TableWorld,
  isBehind: boolean,
): void {
  const again = isBehind ? [] : recordsSince(topic, movedAt).map((value) => identity(seenIn(value), profile.mode));
  story.push(
    `${clock.now() % 1_000_000} a human sets ${name} ${isBehind ? 'behind the page' : `before the page: ${again} come again`}`,
  );
  topic.cured();
  for (const one of again) mayComeAgain.set(one, (mayComeAgain.get(one) ?? 0) + 1);
}

/** Whether all rows of the page are in the topic, since it was announced. */
function isThere({ topic, announcedAt }: TableWorld, { rows }: PageIntent): boolean {
  const wanted = 'ids' in rows ? rows.ids.map(String) : rows.messages.map(({ value }) => value?.toString('hex') ?? '');
  for (const value of recordsSince(topic, announcedAt)) {
    const at = wanted.indexOf('ids' in rows ? String(seenIn(value).id) : value.toString('hex'));
    if (at >= 0) wanted.splice(at, 1);
  }
  return wanted.length === 0;
}

function recordsSince({ history }: SourceTopic, start: number): Buffer[] {
  return history
    .slice(start)
    .flatMap((one) => (one === 'cured' || one.record.value === null ? [] : [one.record.value]));
}

/** Beside whoever is at work. */
export async function growTopics({ random, clock, tables, profile, story }: SourceWorld): Promise<void> {
  if (!profile.grows) return;
  for (let times = random.integer(1, 2); times > 0; times -= 1) {
    await clock.sleep(random.integer(100, 4000));
    for (const { topic, name } of tables) {
      topic.grow();
      story.push(`${clock.now() % 1_000_000} ${name} has one partition more`);
    }
  }
}

/** A topic is deleted when nobody is at work; the broker deletes and compacts at any time. */
export function mayTouchTopics({ random, tables, profile, alive, story, clock }: SourceWorld): void {
  const [event] = profile.topicEvents;
  if (event === undefined || !random.chance(0.5) || (event === 'recreation' && alive > 0)) return;
  for (const { topic, events, name } of tables) {
    if (event === 'retention') topic.retain();
    if (event === 'compaction') topic.compact();
    if (event === 'recreation') topic.recreate();
    events.add(event);
    story.push(`${clock.now() % 1_000_000} ${event} of ${name}'s topic: from ${topic.starts()} to ${topic.ends()}`);
  }
}
