// How much garbage may gather in a source's process before all of its memory is looked through.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** V8's limit in bytes: a function of 256 MB has more. With less, memory is dearer than time. */
const ENOUGH = 200 * 2 ** 20;

/**
 * Up to four times what outlived the last collection, as V8 itself allows in large heaps; in those of functions it is much less. A
 * page and its sends leave up to 10 MB of buffers, which count, and nothing outlives them: nearly every second page was followed
 * by a collection of the whole heap, a quarter of the CPU time (docs/performance.md). V8 reads this flag at each collection.
 */
export function collectLessOften(): void {
  if (getHeapStatistics().heap_size_limit >= ENOUGH) setFlagsFromString('--heap-growing-percent=300');
}
