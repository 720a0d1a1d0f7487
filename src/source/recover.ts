// Brings a cursor that still has an intent to rest: waits until nothing is in flight, and produces what is missing.
import type { Log } from '../log';
import { METRICS } from '../names';
import type { Cursor, PageIntent } from './cursor';
import type { CursorStore } from './cursor-store';
import { pause } from './invocation';
import type { Outgoing, OutgoingWork } from './outgoing';
import { missingIds } from './settle';
import { idOf, type Page, qualified } from './table';

/** Answers the cursor without an intent; undefined: there was not time enough. */
export async function recovered(
  work: OutgoingWork,
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
    const wait = (own ? out.inFlightUntil() : intent.until + requestTimeoutMs) - invocation.now();
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
async function settle(work: OutgoingWork, out: Outgoing, cursor: Cursor, intent: PageIntent, log: Log): Promise<void> {
  const missing = await missingIds(intent, work.log, work.registry);
  const page = missing.length === 0 ? undefined : onlyMissing(await work.reader.rows(missing), missing);
  log.info('Settled a page that was interrupted', {
    table: qualified(work.reader.table),
    rows: intent.ids.length,
    missing: missing.length,
    deletedMeanwhile: missing.length - (page?.rows.length ?? 0),
  });
  const landed = intent.ids.length - missing.length;
  if (page === undefined || page.rows.length === 0) {
    await out.conclude({ ...cursor, intent: { ...intent, ids: intent.ids.slice(0, landed) } });
    return;
  }
  const ends = await work.log.ends(intent.topic);
  // Not `move`d: the rest of the page takes the place of the page.
  const { intent: _, ...before } = cursor;
  const announced = await out.announce(before, page, ends, intent.last);
  if (announced === undefined) return;
  work.metrics.add(METRICS.sourceRows, landed);
  await announced.send();
  await out.conclude(announced.cursor);
}

/** Where ids are not unique, some rows of an id may be there and others not: the last ones are missing. */
function onlyMissing(page: Page, missing: readonly bigint[]): Page {
  const counts = new Map<bigint, number>();
  for (const id of missing) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rows = page.rows.toReversed().filter((row) => {
    const id = idOf(row, page.idIndex);
    const left = counts.get(id) ?? 0;
    counts.set(id, left - 1);
    return left > 0;
  });
  return { ...page, rows: rows.reverse() };
}
