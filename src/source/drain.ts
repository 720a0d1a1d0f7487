// Brings a final range of a table to the topic, page by page.
import { faultPoint } from '../fault';
import { METRICS } from '../names';
import type { Cursor } from './cursor';
import { hasTime } from './invocation';
import { type Announced, lastId, type Outgoing, type OutgoingWork } from './outgoing';
import type { Page } from './table';

/** `all`: up to the end of the range; `some`: the time was over; `lost`: another invocation moved the cursor. */
export type Drained = 'all' | 'some' | 'lost';

/** A final range of a table, from the cursor on. */
export interface Range {
  /** The last id in it. */
  readonly through: bigint;
  /** Epoch milliseconds: none of its rows was committed before; undefined when nobody knows. */
  readonly since: number | undefined;
}

/** Both from before the page is produced. */
interface Ahead {
  readonly page: Page;
  readonly ends: readonly number[];
}

const nothing: Ahead = { page: { columns: [], idIndex: 0, rows: [] }, ends: [] };

/**
 * The next page is read while one is produced, and one write both settles a page and announces the next. A range
 * without rows writes nothing.
 */
export async function drain(work: OutgoingWork, out: Outgoing, from: Cursor, range: Range): Promise<Drained> {
  const { through } = range;
  let cursor = from;
  let ahead: Ahead | undefined = await readAhead(work, cursor.incrementing, through);
  while (ahead !== undefined && ahead.page.rows.length > 0) {
    const announced = await out.announce(cursor, ahead.page, ahead.ends, lastId(ahead.page));
    if (announced === undefined) return 'lost';
    cursor = announced.cursor;
    ahead = await during(sent(work, announced, range), following(work, ahead.page, through));
  }
  if (cursor.intent !== undefined && !(await out.conclude(cursor))) return 'lost';
  return ahead === undefined ? 'some' : 'all';
}

/** Answers when the page is in the topic. */
async function sent({ invocation, metrics }: OutgoingWork, page: Announced, { since }: Range): Promise<void> {
  await page.send();
  if (since !== undefined) metrics.add(METRICS.sourceFreshness, invocation.now() - since);
}

async function readAhead(work: OutgoingWork, after: bigint | undefined, through: bigint): Promise<Ahead> {
  const [page, ends] = await Promise.all([work.reader.page(after, through), work.log.ends(work.topic)]);
  faultPoint('source:page-read');
  return { page, ends };
}

/** What comes behind this page; undefined when there is no time for it. */
function following(work: OutgoingWork, page: Page, through: bigint): Promise<Ahead> | undefined {
  const last = lastId(page);
  if (page.rows.length < work.reader.pageRows || last >= through) return Promise.resolve(nothing);
  return hasTime(work.invocation) ? readAhead(work, last, through) : undefined;
}

/** Answers what was read; how the reading ended is of no interest until the sending has. */
async function during<Value>(sending: Promise<void>, reading: Promise<Value> | undefined): Promise<Value | undefined> {
  const read = reading?.then(
    (value) => () => value,
    (error) => () => {
      throw error;
    },
  );
  await sending;
  return (await read)?.();
}
