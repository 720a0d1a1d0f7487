// The flush schedule's work: closes the files that a crash left unclosed, and says how many records are in open ones.
import { METRICS } from '../names';
import { allPartitions } from './all-partitions';
import { dueIn } from './due';
import type { HeldState } from './held-states';
import { closeListed, loadState } from './partition';
import type { Sink } from './sink';

/** Looks at every partition that the connector has a state of. Throws what `allPartitions` throws. */
export async function sinkFlush(sink: Sink): Promise<void> {
  const { config, state, metrics } = sink;
  const prefix = `sink/${config.name}/`;
  const keys = (await state.list(prefix)).filter((key) => isPartition(key.slice(prefix.length)));
  let openRecords = 0;
  await allPartitions(sink, keys, async (stateKey) => {
    const held = await loadState(sink, stateKey);
    const due = dueIn(held.state);
    openRecords += due.openRecords;
    if (due.closing.length > 0) await close(sink, stateKey, held);
  });
  metrics.add(METRICS.sinkOpenRecords, openRecords);
}

/** `topic/0`; a connector whose name begins with this one's and a slash has states below the prefix, too. */
function isPartition(key: string): boolean {
  return /^[^/]+\/\d+$/.test(key);
}

/** A writer of the partition that is at work closes the same files: who comes second has nothing left to do. */
async function close(sink: Sink, stateKey: string, held: HeldState): Promise<void> {
  try {
    const closed = await closeListed(sink, stateKey, held);
    if (closed !== undefined) sink.held.put(stateKey, closed);
  } catch (error) {
    // It closed them first, and somebody has moved one away since: that is no upload that was lost.
    const now = await sink.state.read(stateKey);
    if (now?.version === held.version) throw error;
  }
}
