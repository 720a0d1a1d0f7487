// One poll of one table: fence, pages, cursor; each row once, whoever crashes where.
import type { Log } from '../log';
import type { StateStore } from '../state/store';
import type { Cursor } from './cursor';
import { cursorStore } from './cursor-store';
import { drain } from './drain';
import { decide } from './fence-rule';
import { holdersEnded } from './fence-wait';
import { type OutgoingWork, outgoing } from './outgoing';
import { recovered } from './recover';
import { tableSchema } from './table-schema';
import { tableWarnings } from './warnings';

export interface TableWork extends OutgoingWork {
  readonly connector: string;
  readonly state: StateStore;
  /** Of this table alone, rate-limited. */
  readonly report: Log;
}

/** What it answers brings to the topic all rows that are final now; after an error its next call starts from the state. */
export function tablePoll(work: TableWork): () => Promise<void> {
  const { reader, invocation, report } = work;
  const cursors = cursorStore(work.state, work.connector, reader.table);
  const out = outgoing(work, cursors);
  const warn = tableWarnings(reader, invocation, report);
  let isChecked = false;
  /** End of the range that was read last. */
  let drained: bigint | undefined;

  const advance = async (cursor: Cursor): Promise<void> => {
    const reading = await reader.fence();
    if (reading.from === 'table') warn.noSequence();
    const decision = decide(reading, cursor.incrementing, drained);
    if (decision.kind === 'idle') return warn.beyondSequence();
    if (decision.kind === 'set-back') return warn.setBack(decision.top, cursor.incrementing);
    if (decision.kind === 'wait' && !(await holdersEnded(reader, decision.holders, invocation, report))) return;
    const outcome = await drain(work, out, cursor, decision.through);
    drained = outcome === 'all' ? decision.through : undefined;
    if (outcome === 'lost') report.info('Another invocation moved the cursor; this one goes on from there');
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
