// One poll of one table: fence, pages, cursor; each row once, whoever crashes where.
import { faultPoint } from '../fault';
import type { Log } from '../log';
import type { StateStore } from '../state/store';
import type { Cursor } from './cursor';
import { cursorStore } from './cursor-store';
import { decide } from './fence-rule';
import { holdersEnded } from './fence-wait';
import { hasTime } from './invocation';
import { lastId, type OutgoingWork, outgoing } from './outgoing';
import { recovered } from './recover';
import type { Page } from './table';
import { tableWarnings } from './warnings';

export interface TableWork extends OutgoingWork {
  readonly connector: string;
  readonly state: StateStore;
  /** Of this table alone, rate-limited. */
  readonly report: Log;
}

/** Both from before the page is produced. */
interface Ahead {
  readonly page: Page;
  readonly ends: readonly number[];
}

const nothing: Ahead = { page: { columns: [], idIndex: 0, rows: [] }, ends: [] };

/** What it answers brings to the topic all rows that are final now; after an error its next call starts from the state. */
export function tablePoll(work: TableWork): () => Promise<void> {
  const { reader, log, topic, invocation, report } = work;
  const cursors = cursorStore(work.state, work.connector, reader.table);
  const out = outgoing(work, cursors);
  const warn = tableWarnings(reader, invocation, report);
  /** End of the range that was read last. */
  let drained: bigint | undefined;

  const readAhead = async (after: bigint | undefined, through: bigint): Promise<Ahead> => {
    const [page, ends] = await Promise.all([reader.page(after, through), log.ends(topic)]);
    faultPoint('source:page-read');
    return { page, ends };
  };

  const lost = () => {
    drained = undefined;
    report.info('Another invocation moved the cursor; this one starts again from there', { topic });
  };

  /** What comes behind this page; undefined when there is no time for it. */
  const following = (page: Page, through: bigint): Promise<Ahead> | undefined => {
    const last = lastId(page);
    if (page.rows.length < reader.pageRows || last >= through) return Promise.resolve(nothing);
    return hasTime(invocation) ? readAhead(last, through) : undefined;
  };

  /** All pages up to `through`: the next one is read while one is produced, and one write settles a page and announces the next. */
  const drain = async (from: Cursor, through: bigint): Promise<void> => {
    let cursor = from;
    let ahead: Ahead | undefined = await readAhead(cursor.incrementing, through);
    while (ahead !== undefined && ahead.page.rows.length > 0) {
      const announced = await out.announce(cursor, ahead.page, ahead.ends, lastId(ahead.page));
      if (announced === undefined) return lost();
      cursor = announced.cursor;
      ahead = await during(announced.send(), following(ahead.page, through));
    }
    if (cursor.intent !== undefined && !(await out.conclude(cursor))) return lost();
    if (ahead !== undefined) drained = through;
  };

  const advance = async (cursor: Cursor): Promise<void> => {
    const reading = await reader.fence();
    if (reading.from === 'table') warn.noSequence();
    const decision = decide(reading, cursor.incrementing, drained);
    if (decision.kind === 'idle') return warn.beyondSequence();
    if (decision.kind === 'set-back') return warn.setBack(decision.top, cursor.incrementing);
    if (decision.kind === 'wait' && !(await holdersEnded(reader, decision.holders, invocation, report))) return;
    await drain(cursor, decision.through);
  };

  return async () => {
    try {
      const cursor = await recovered(work, cursors, out, report);
      if (cursor !== undefined) await advance(cursor);
    } catch (error) {
      cursors.forget();
      throw error;
    }
  };
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
