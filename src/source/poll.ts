// One poll of one table: what is final, page by page, and the cursor; each row once, whoever crashes where.
import type { Log } from '../log';
import type { StateStore } from '../state/store';
import type { Cursor } from './cursor';
import { cursorStore } from './cursor-store';
import { type DrainWork, drain } from './drain';
import type { Looks } from './looks';
import { outgoing } from './outgoing';
import type { Position } from './position';
import { recovered } from './recover';

export interface TableWork extends DrainWork {
  readonly connector: string;
  readonly state: StateStore;
  /** Of this table alone, rate-limited. */
  readonly report: Log;
  readonly looks: Looks;
  /** What keeps the table from being read is thrown before its first row is, and before there is a topic. */
  readonly check: () => Promise<void>;
}

/**
 * What it answers brings to the topic all rows that are final now, and says whether there are others that are not; after an
 * error its next call starts from the state.
 */
export function tablePoll(work: TableWork): () => Promise<{ readonly isHeld: boolean }> {
  const { mode, invocation, report, looks } = work;
  const { table } = mode;
  const cursors = cursorStore(work.state, work.connector, table, invocation.id);
  const out = outgoing(work, cursors);
  let isChecked = false;
  /** End of the range that was read last. */
  let drained: Position | undefined;

  /** Undefined: another invocation was there first. */
  const begun = async (cursor: Cursor): Promise<Cursor | undefined> => {
    if (mode.begin === undefined || Object.keys(cursor.position).length > 0) return cursor;
    const first = { ...cursor, position: await mode.begin() };
    return (await cursors.write(first)) ? first : undefined;
  };

  const advance = async (cursor: Cursor): Promise<{ isHeld: boolean }> => {
    const look = invocation.now();
    const found = await mode.look(cursor.position, drained);
    if (found === 'idle') looks.set(table, look);
    if (found === 'idle' || found === 'held') return { isHeld: found === 'held' };
    const { through, isAll } = found;
    const outcome = await drain(work, out, cursor, { through, since: looks.get(table) });
    drained = outcome === 'all' ? through : undefined;
    if (outcome === 'all' && isAll) looks.set(table, look);
    if (outcome === 'lost') report.info('Another invocation moved the cursor; this one goes on from there');
    if (outcome === 'some' && mode.unfinished !== undefined) throw mode.unfinished();
    return { isHeld: !isAll };
  };

  return async () => {
    if (!isChecked) await work.check();
    isChecked = true;
    try {
      const settled = await recovered(work, cursors, out, report);
      const cursor = settled && (await begun(settled));
      return cursor === undefined ? { isHeld: false } : await advance(cursor);
    } catch (error) {
      cursors.forget();
      throw error;
    } finally {
      await mode.close?.();
    }
  };
}
