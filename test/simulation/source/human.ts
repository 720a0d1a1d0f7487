// What humans do between and beside invocations: topics grow, are made anew, lose records; and the cure when the source has stopped.
import type { SourceMode } from '../../../src/config/source-model';
import { cursorKey, move, type PageIntent } from '../../../src/source/cursor';
import { parseCursor, printCursor } from '../../../src/source/cursor-json';
import { REQUEST_TIMEOUT_MS } from './log';
import { seenIn } from './rows';
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
    const page = landedOf(table, cursor.intent, profile.mode);
    const next = page.isWhole ? move(cursor) : { table: cursor.table, position: cursor.position };
    if ((await state.replace(key, printCursor(next), found.version)) === undefined) continue;
    cured(world, table, page);
    return;
  }
}

interface PageLanded {
  /** By their identity. */
  readonly landed: readonly string[];
  readonly isWhole: boolean;
}

function cured({ story, clock }: SourceWorld, { name, topic, mayComeAgain }: TableWorld, page: PageLanded): void {
  const { landed, isWhole } = page;
  story.push(
    `${clock.now() % 1_000_000} a human sets ${name} ${isWhole ? 'behind' : 'before'} the page, of which landed: ${landed}`,
  );
  topic.cured();
  if (isWhole) return;
  for (const one of landed) mayComeAgain.set(one, (mayComeAgain.get(one) ?? 0) + 1);
}

/** Which rows of the page are in the topic, since it was announced. */
function landedOf({ topic, announcedAt }: TableWorld, { rows }: PageIntent, mode: SourceMode): PageLanded {
  const since = topic.history.slice(announcedAt).flatMap((one) => (one === 'cured' ? [] : [one.record]));
  const wanted = 'ids' in rows ? rows.ids.map(String) : rows.messages.map(({ value }) => value?.toString('hex') ?? '');
  const landed: string[] = [];
  for (const { value } of since) {
    if (value === null) continue;
    const seen = seenIn(value);
    const at = wanted.indexOf('ids' in rows ? String(seen.id) : value.toString('hex'));
    if (at < 0) continue;
    wanted.splice(at, 1);
    landed.push(identity(seen, mode));
  }
  return { landed, isWhole: wanted.length === 0 };
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
