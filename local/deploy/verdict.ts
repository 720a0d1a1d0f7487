// What is wrong with what was seen of a deployment: pure.
import { isDeepStrictEqual } from 'node:util';
import type { Price } from './prices';
import type { Files } from './site';
import { FIRST, LAST, rowsOf, type Seen } from './story';

/** One sentence for each fault; empty when rows, files and functions are as they should be. */
export function faultsOf({ first, changed, left }: Seen): readonly string[] {
  const { rows } = changed;
  const archived = rowsOf(changed.files, 'archive/');
  const retired = first.functions.filter((name) => !changed.functions.includes(name)).join(', ');
  return [
    ...disagreements(rows, rowsOf(changed.files, 'topics/')),
    ...sizeFaults(changed.files),
    ...unless(
      isDeepStrictEqual(archived, rows.slice(0, FIRST.archiveFlushSize)),
      'the removed sink has not its one file',
    ),
    ...unless(changed.archiveState.length > 0, 'the removed sink has lost its state'),
    ...unless(
      /^[\w-]+-archive$/.test(retired),
      `one sink was removed, and these functions are gone: ${retired || 'none'}`,
    ),
    ...unless(first.sourceConcurrency === 1, `the source may run ${first.sourceConcurrency} times at once`),
    ...unless(first.unsigned.status === 403, `the registry answers ${first.unsigned.status} without a signature`),
    ...unless(first.signed.status === 200, `the registry answers ${first.signed.status} to a signed request`),
    ...unless(left.functions.length === 0, `cdk destroy has left ${left.functions.join(', ')}`),
    ...unless(isDeepStrictEqual(left.files, changed.files), 'cdk destroy has touched the files'),
  ];
}

function disagreements(rows: readonly Price[], inFiles: readonly Price[]): string[] {
  const ids = (prices: readonly Price[]) => prices.map(({ id }) => id).join(', ');
  const fault = `the table has the rows ${ids(rows)}, the files have ${ids(inFiles)}, or their values differ`;
  return unless(isDeepStrictEqual(inFiles, rows), fault);
}

function sizeFaults(files: Files): string[] {
  const wanted = [FIRST.flushSize, FIRST.flushSize, LAST.flushSize, LAST.flushSize];
  const found = [...files].filter(([key]) => key.startsWith('topics/')).map(([, rows]) => rows.length);
  return unless(isDeepStrictEqual(found, wanted), `the files have ${found.join(', ')} rows, not ${wanted.join(', ')}`);
}

function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault];
}
