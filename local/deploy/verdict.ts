// What is wrong with what was seen of a deployment: pure.
import { isDeepStrictEqual } from 'node:util';
import type { Price } from './prices';
import { FIRST, LAST, rowsOf, type Seen } from './story';

/** One sentence for each fault; empty when rows, files and functions are as they should be. */
export function faultsOf(seen: Seen): readonly string[] {
  const { rows, lastFiles, filesLeft } = seen;
  const sizes = [FIRST.flushSize, FIRST.flushSize, LAST.flushSize, LAST.flushSize];
  const filled = [...lastFiles].filter(([key]) => key.startsWith('topics/')).map(([, records]) => records.length);
  return [
    ...disagreements(rows, rowsOf(lastFiles, 'topics/')),
    ...unless(isDeepStrictEqual(filled, sizes), `the files have ${filled.join(', ')} rows, not ${sizes.join(', ')}`),
    ...unless(
      isDeepStrictEqual(rowsOf(lastFiles, 'archive/'), rows.slice(0, FIRST.archiveFlushSize)),
      'the removed sink has other files than its first one',
    ),
    ...unless(seen.archiveState.length > 0, 'the removed sink has lost its state'),
    ...unless(
      seen.firstFunctions.length === seen.lastFunctions.length + 1,
      `${seen.lastFunctions.length} of ${seen.firstFunctions.length} functions are left where one sink was removed`,
    ),
    ...unless(seen.unsigned.status === 403, `the registry answers an unsigned request with ${seen.unsigned.status}`),
    ...unless(seen.signed.status === 200, `the registry answers a signed request with ${seen.signed.status}`),
    ...unless(seen.functionsLeft.length === 0, `cdk destroy has left ${seen.functionsLeft.join(', ')}`),
    ...unless(isDeepStrictEqual(filesLeft, lastFiles), 'cdk destroy has touched the files'),
  ];
}

function disagreements(rows: readonly Price[], inFiles: readonly Price[]): string[] {
  const ids = (prices: readonly Price[]) => prices.map(({ id }) => id).join(', ');
  if (isDeepStrictEqual(inFiles, rows)) return [];
  return [`the table has the rows ${ids(rows)}, the files have ${ids(inFiles)}, or their values differ`];
}

function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault];
}
