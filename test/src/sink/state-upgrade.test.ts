import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { decodeState } from '../../../src/sink/state-form';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { records, sampleConfig, sampleRegistry, sampleSource, sampleStateKey } from './sample';

/** Written by version 1 of this code, with flush.size 3, out of the records 0 to 4, or 0 to 3 and a process that died before it closed. */
const written = (name: string) => readFileSync(`test/fixtures/sink-states/v1-${name}.state`);

async function filesAfter(body: Buffer | undefined, from: number): Promise<ReadonlyMap<string, Buffer>> {
  const [state, bucket] = [memoryState(), memoryBucket({ smallestPart: 5_242_880, etags: 'md5' })];
  if (body !== undefined) await state.create(sampleStateKey, body);
  const sink = sinkOn(sampleConfig, state, bucket, sampleRegistry, recordedMetrics());
  await sinkPartition(sink, sampleSource, records(from, 7));
  return bucket.objects;
}

test('an open file of version 1 goes on, and becomes the file that one version alone would have written', async () => {
  const alone = await filesAfter(undefined, 0);
  const [, second] = [...alone.keys()];
  expect(second).toContain('+0000000003.avro');
  expect(await filesAfter(written('open'), 5)).toEqual(new Map([...alone].filter(([key]) => key === second)));
});

test('files that version 1 had left to close are closed', async () => {
  expect(await filesAfter(written('closing'), 4)).toEqual(await filesAfter(undefined, 0));
});

test('what version 1 wrote is the same state as its records make of this version, but for what it did not know', () => {
  const since = { openedAt: 1003, takenAt: 1004, directory: 'partition=0' };
  const { open, ...state } = decodeState(written('open'), sampleStateKey);
  expect(state).toEqual({
    first: { offset: 0, timestamp: 1000 },
    last: { offset: 4, timestamp: 1004 },
    since,
    closing: [],
  });
  expect(open).toMatchObject([
    {
      directory: 'partition=0',
      startOffset: 3,
      endOffset: 4,
      records: 2,
      streams: [{ role: 'value', schema: { id: 1 } }],
    },
  ]);
});
