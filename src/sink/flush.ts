// The flush schedule's work: closes what a crash left unclosed and what the clock says is due, aborts uploads that nobody knows.
import { METRICS } from '../names';
import { allPartitions } from './all-partitions';
import { dueIn } from './due';
import type { HeldState } from './held-states';
import type { TopicPartition } from './object-key';
import { abortAll, type Known, oldUploads, orphansAmong, topicPartition } from './orphans';
import { closeDue, loadState } from './partition';
import type { Sink } from './sink';
import { knownUploads } from './uploads';

/**
 * Looks at every partition that the connector has a state of. Throws what `allPartitions` throws.
 * @param all closes everything that is open: `connectless flush`
 */
export async function sinkFlush(sink: Sink, all = false): Promise<void> {
  const { config, state, metrics } = sink;
  const prefix = `sink/${config.name}/`;
  const partitions = (await state.list(prefix)).flatMap((key) => partitionOf(key.slice(prefix.length), key));
  // A list costs as much as a put. Uploads before states: one that a state is about to know is not among the old ones.
  const looksForOrphans = all || sink.isOrphanTime(sink.now());
  const topics = new Set(partitions.map(({ source }) => source.topic));
  const old = looksForOrphans ? await oldUploads(sink, topics) : [];
  const known: Known = { uploads: new Set(), first: new Map() };
  let openRecords = 0;
  await allPartitions(sink, partitions, async ({ source, stateKey }) => {
    const held = await loadState(sink, stateKey);
    for (const id of knownUploads(held.state)) known.uploads.add(id);
    if (held.state !== undefined) known.first.set(topicPartition(source), held.state.first.offset);
    const due = dueIn(held.state, config, sink.now(), all);
    openRecords += due.openRecords;
    if (due.isDue) await close(sink, source, stateKey, held, all);
  });
  metrics.add(METRICS.sinkOpenRecords, openRecords);
  await abortAll(sink, orphansAmong(old, config, known));
}

/** `topic/0`; a connector whose name begins with this one's and a slash has states below the prefix, too. */
function partitionOf(name: string, stateKey: string): { source: TopicPartition; stateKey: string }[] {
  const [, topic, partition] = /^([^/]+)\/(\d+)$/.exec(name) ?? [];
  if (topic === undefined) return [];
  return [{ source: { topic, partition: Number(partition) }, stateKey }];
}

/** A writer of the partition that is at work closes the same files: who comes second has nothing left to do. */
async function close(sink: Sink, source: TopicPartition, stateKey: string, held: HeldState, all: boolean) {
  try {
    await closeDue(sink, source, held, all);
  } catch (error) {
    // It closed them first, and somebody has moved one away since: that is no upload that was lost.
    const now = await loadState(sink, stateKey);
    if (now.version === held.version || isClosing(now, held)) throw error;
  }
}

/** Whether files that were open or to be closed before are still to be closed. */
function isClosing(now: HeldState, { state: before }: HeldState): boolean {
  const files = [...(before?.closing ?? []), ...(before?.open ?? []).flatMap(({ streams }) => streams)];
  const keys = new Set(files.map(({ key }) => key));
  return now.state?.closing.some(({ key }) => keys.has(key)) === true;
}
