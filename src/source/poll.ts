// One poll of one table: fence, pages, cursor; each row once, whoever crashes where.
import type { Log } from '../log';
import { METRICS } from '../names';
import type { StateStore } from '../state/store';
import type { Cursor } from './cursor';
import { cursorStore } from './cursor-store';
import { drain } from './drain';
import { decide } from './fence-rule';
import { holdersEnded } from './fence-wait';
import type { Looks } from './looks';
import { type OutgoingWork, outgoing } from './outgoing';
import { tableSchema } from './record/table-schema';
import { recovered } from './recover';
import { type Holder, qualified } from './table';
import { tableWarnings } from './warnings';

export interface TableWork extends OutgoingWork {
  readonly connector: string;
  readonly state: StateStore;
  /** Of this table alone, rate-limited. */
  readonly report: Log;
  readonly looks: Looks;
}

/** What it answers brings to the topic all rows that are final now; after an error its next call starts from the state. */
export function tablePoll(work: TableWork): () => Promise<void> {
  const { reader, invocation, report, looks } = work;
  const table = qualified(reader.table);
  const cursors = cursorStore(work.state, work.connector, reader.table);
  const out = outgoing(work, cursors);
  const warn = tableWarnings(reader, invocation, report);
  let isChecked = false;
  /** End of the range that was read last. */
  let drained: bigint | undefined;

  const read = async (cursor: Cursor, through: bigint, look: number): Promise<void> => {
    const outcome = await drain(work, out, cursor, { through, since: looks.get(table) });
    drained = outcome === 'all' ? through : undefined;
    if (outcome === 'all') looks.set(table, look);
    if (outcome === 'lost') report.info('Another invocation moved the cursor; this one goes on from there');
  };

  const advance = async (cursor: Cursor): Promise<void> => {
    const look = invocation.now();
    const reading = await reader.fence();
    if (reading.from === 'table') warn.noSequence();
    const decision = decide(reading, cursor.incrementing, drained);
    if (decision.kind === 'idle' || decision.kind === 'set-back') looks.set(table, look);
    if (decision.kind === 'idle') return warn.beyondSequence();
    if (decision.kind === 'set-back') return warn.setBack(decision.top, cursor.incrementing);
    if (decision.kind === 'read' || (await waited(decision.holders))) await read(cursor, decision.through, look);
  };

  const waited = async (holders: readonly Holder[]): Promise<boolean> => {
    const start = invocation.now();
    try {
      return await holdersEnded(reader, holders, invocation, report);
    } finally {
      work.metrics.add(METRICS.sourceFenceWait, invocation.now() - start);
    }
  };

  return async () => {
    // What cannot be read is told before the first row comes, and before there is a topic.
    if (!isChecked) tableSchema(reader.table, await reader.columns());
    isChecked = true;
    try {
      const cursor = await recovered(work, cursors, out, report);
      if (cursor !== undefined) await advance(cursor);
    } catch (error) {
      cursors.forget();
      throw error;
    }
  };
}
