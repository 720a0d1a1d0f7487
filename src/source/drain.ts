// Brings a final range of a table to the topic, page by page.
import { faultPoint } from '../fault';
import { METRICS } from '../names';
import type { SchemaRegistry } from '../registry/registry';
import type { Batch } from './batch';
import type { Cursor } from './cursor';
import { hasTime } from './invocation';
import type { Mode, Page } from './mode';
import type { Announced, Outgoing, OutgoingWork } from './outgoing';
import { placed } from './placing';
import type { Position } from './position';

/** `all`: up to the end of the range; `some`: the time was over; `lost`: another invocation moved the cursor. */
export type Drained = 'all' | 'some' | 'lost';

/** A final range of a table, from the cursor on. */
export interface Range {
  readonly through: Position;
  /** Epoch milliseconds: none of its rows was committed before; undefined when nobody knows. */
  readonly since: number | undefined;
}

export interface DrainWork extends OutgoingWork {
  readonly mode: Mode;
  readonly registry: SchemaRegistry;
  readonly encode: (page: Page) => Promise<Batch>;
}

/** A page of at least one row. */
interface Ahead {
  readonly page: Page;
  readonly batch: Batch;
  /** From before the page is produced; absent: they are read when the page before it is there. */
  readonly ends: readonly number[] | undefined;
}

/**
 * The next page is read and encoded while one is produced, and one write both settles a page and announces the next. A range
 * without rows writes nothing.
 */
export async function drain(work: DrainWork, out: Outgoing, from: Cursor, range: Range): Promise<Drained> {
  let cursor = from;
  let ahead: Ahead | null | undefined = await readAhead(work, cursor.position, range.through);
  while (ahead) {
    const { page, batch }: Ahead = ahead;
    const ends = ahead.ends ?? (await work.log.ends(work.topic));
    const outgoingPage = placed(batch, ends.length, idColumn(work.mode, page));
    const announced = await out.announce(cursor, outgoingPage, ends, page.last);
    if (announced === undefined) return 'lost';
    cursor = announced.cursor;
    ahead = await during(sent(work, announced, range), following(work, page, range.through));
  }
  if (cursor.intent !== undefined && !(await out.conclude(cursor))) return 'lost';
  return ahead === undefined ? 'some' : 'all';
}

/** Undefined where rows cannot be read again by it. */
function idColumn({ rows }: Mode, { columns, idIndex }: Page): string | undefined {
  return rows === undefined || idIndex === undefined ? undefined : columns[idIndex]?.name;
}

/** Answers when the page is in the topic. */
async function sent({ invocation, metrics }: OutgoingWork, page: Announced, { since }: Range): Promise<void> {
  await page.send();
  if (since !== undefined) metrics.add(METRICS.sourceFreshness, invocation.now() - since);
}

/** Null: no row is left. */
async function readAhead(work: DrainWork, after: Position, through: Position): Promise<Ahead | null> {
  const { mode, log, topic, encode } = work;
  const [page, ends] = await Promise.all([mode.page(after, through), mode.mayRepeat ? undefined : log.ends(topic)]);
  faultPoint('source:page-read');
  return page.rows.length === 0 ? null : { page, ends, batch: await encode(page) };
}

/** What comes behind this page: null when nothing does, undefined when there is no time for it. */
function following(work: DrainWork, page: Page, through: Position): Promise<Ahead | null> | undefined {
  if (page.isLast) return Promise.resolve(null);
  return hasTime(work.invocation) ? readAhead(work, page.last, through) : undefined;
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
