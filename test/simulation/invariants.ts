// What is true of a partition's state whenever it is replaced, told without the planner.
import { bytesIn, type FileBytes, type PartitionState } from '../../src/sink/partition-state';
import type { Transition } from './transitions';

// A complete file is known by its last bytes, so parts leave at least so many of them.
const LEAST_TAIL = 16;

/** What is wrong with it, a line each. */
export function faultsOfTransition({ stateKey, before, after }: Transition): string[] {
  const streams = after.open.flatMap((file) => file.streams);
  const faults = [
    ...(after.open.length > 0 === (after.since !== undefined)
      ? []
      : ['it knows since when files are open, or none is']),
    ...[...after.closing, ...streams].flatMap(faultsOfBytes),
    ...(before === undefined ? [] : faultsOfStep(before, after)),
    ...after.open
      .filter(({ startOffset, endOffset }) => startOffset < after.first.offset || endOffset > after.last.offset)
      .map(({ startOffset }) => `the file from ${startOffset} holds what was not seen`),
    ...after.open
      .filter((file) => new Set(file.streams.map(({ role }) => role)).size !== file.streams.length)
      .map(({ startOffset }) => `the file from ${startOffset} has siblings twice`),
  ];
  return faults.map((fault) => `${stateKey} behind ${after.last.offset}: ${fault}`);
}

function faultsOfBytes({ key, tail, upload }: FileBytes): string[] {
  const isWhole = upload === undefined;
  if (upload?.etags.length === 0) return [`${key} has an upload without parts`];
  return isWhole || bytesIn(tail) >= LEAST_TAIL ? [] : [`behind the parts of ${key} stand ${bytesIn(tail)} bytes`];
}

function faultsOfStep(before: PartitionState, after: PartitionState): string[] {
  const faults: string[] = [];
  if (after.last.offset < before.last.offset) faults.push(`it goes back, from ${before.last.offset}`);
  if (after.first.offset !== before.first.offset) faults.push(`it begins at ${after.first.offset}`);
  const known = new Map(filesIn(before).map((file) => [file.key, file]));
  for (const { key, upload, partSize } of filesIn(after)) {
    const was = known.get(key);
    if (was === undefined) continue;
    if (was.partSize !== partSize) faults.push(`the parts of ${key} have another size`);
    const isSame = was.upload === undefined || was.upload.id === upload?.id;
    if (!isSame || was.upload?.etags.some((etag, index) => etag !== upload?.etags[index]) === true)
      faults.push(`${key} has lost parts`);
  }
  const here = new Set(filesIn(after).map(({ key }) => key));
  const lost = filesIn({ ...before, closing: [] }).filter(({ key }) => !here.has(key));
  return [...faults, ...lost.map(({ key }) => `${key} was open and is nowhere`)];
}

function filesIn({ open, closing }: PartitionState): FileBytes[] {
  return [...open.flatMap(({ streams }) => streams), ...closing];
}
