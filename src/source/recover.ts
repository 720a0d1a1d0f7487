// Brings a cursor that still has an intent to rest: waits until nothing is in flight, and produces what is missing.
import { ConnectlessError } from '../errors';
import type { Log } from '../log';
import { METRICS } from '../names';
import { type Cursor, type PageIntent, rowCount } from './cursor';
import type { CursorStore } from './cursor-store';
import type { DrainWork } from './drain';
import { pause } from './invocation';
import type { Page } from './mode';
import type { Outgoing } from './outgoing';
import { type Placed, placed } from './placing';
import { type Missing, missingRows } from './settle';
import { idOf, type Row } from './table';

/** So much the clocks of two machines may differ, or a machine's own be set: a lease is by the one, and is waited for by the other. */
const CLOCKS_APART_MS = 1000;

/** Answers the cursor without an intent; undefined: there was not time enough. */
export async function recovered(
  work: DrainWork,
  cursors: CursorStore,
  out: Outgoing,
  log: Log,
): Promise<Cursor | undefined> {
  const { invocation, requestTimeoutMs } = work;
  for (;;) {
    const cursor = await cursors.load();
    const { intent } = cursor;
    if (intent === undefined) return cursor;
    const own = intent.owner === invocation.id;
    const until = own ? out.inFlightUntil() : intent.until + requestTimeoutMs;
    const wait = until + CLOCKS_APART_MS - invocation.now();
    if (wait > 0) {
      log.info(
        own
          ? 'Waits until nothing of a failed page is in flight'
          : 'Waits for the lease of another invocation, which may be producing rows of this table',
        { table: cursor.table, owner: intent.owner, forMs: wait },
      );
      if (!(await pause(invocation, wait))) return undefined;
      // The other one may have gone on meanwhile.
      cursors.forget();
      continue;
    }
    await settle(work, out, cursor, intent, log);
  }
}

/** Whether the cursor then is at rest, or somebody else's, the next load tells. */
async function settle(work: DrainWork, out: Outgoing, cursor: Cursor, intent: PageIntent, log: Log): Promise<void> {
  const { table } = cursor;
  const missing = await missingRows(intent, table, work.log, work.registry);
  // Rows that are missing go where they were to go, whatever partitions there are now: behind those that are there.
  const ends = (await work.log.ends(intent.topic)).slice(0, intent.ends.length);
  const rest =
    'ids' in missing
      ? await readAgain(work, { ...cursor, intent }, missing.ids, ends.length)
      : sentAgain(missing.messages);
  const landed = rowCount(intent) - missingCount(missing);
  log.info('Settled a page that was interrupted', {
    table,
    rows: rowCount(intent),
    missing: missingCount(missing),
    deletedMeanwhile: missingCount(missing) - rest.messages.length,
  });
  if (rest.messages.length === 0) {
    await out.conclude({ ...cursor, intent: firstRows(intent, landed) });
    return;
  }
  // Not `move`d: the rest of the page takes the place of the page.
  const announced = await out.announce({ table, position: cursor.position }, rest, ends, intent.last, intent.topic);
  if (announced === undefined) return;
  work.metrics.add(METRICS.sourceRows, landed);
  await announced.send();
  await out.conclude(announced.cursor);
}

function missingCount(missing: Missing): number {
  return 'ids' in missing ? missing.ids.length : missing.messages.length;
}

function sentAgain(messages: Placed['messages']): Placed {
  return { messages, rows: { messages } };
}

async function readAgain(
  { mode, encode }: DrainWork,
  { position, intent }: Cursor & { readonly intent: PageIntent },
  ids: readonly bigint[],
  partitions: number,
): Promise<Placed> {
  if (ids.length === 0) return sentAgain([]);
  if (mode.rows === undefined) throw otherMode(mode.table);
  const page = onlyMissing(await mode.rows(ids, position, intent.last), ids);
  return placed(await encode(page), partitions, page.columns[page.idIndex ?? -1]?.name);
}

/** In the order of the page. Where ids are not unique, some rows of an id may be there and others not: the last ones are missing. */
function onlyMissing(page: Page, missing: readonly bigint[]): Page {
  const { idIndex = -1 } = page;
  const places = new Map(missing.map((id, index) => [id, index]));
  const place = (row: Row) => places.get(idOf(row, idIndex)) ?? 0;
  const counts = new Map<bigint, number>();
  for (const id of missing) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rows = page.rows.toReversed().filter((row) => {
    const id = idOf(row, idIndex);
    const left = counts.get(id) ?? 0;
    counts.set(id, left - 1);
    return left > 0;
  });
  return { ...page, rows: rows.reverse().sort((a, b) => place(a) - place(b)) };
}

/** The intent as if it had been of so many rows: those that are in the topic, for the count. */
function firstRows({ rows, ...intent }: PageIntent, count: number): PageIntent {
  if ('ids' in rows) return { ...intent, rows: { ...rows, ids: rows.ids.slice(0, count) } };
  return { ...intent, rows: { messages: rows.messages.slice(0, count) } };
}

function otherMode(table: string): ConnectlessError {
  return new ConnectlessError(
    'INTENT_OF_ANOTHER_MODE',
    `A page of ${table} was under way when the connector's mode was changed: run it once more with the mode that it had, or give up the page with connectless offsets set.`,
  );
}
