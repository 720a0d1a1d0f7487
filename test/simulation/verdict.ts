// Compares what a schedule left behind with the single writer's run and with the rules.
import { createHash } from 'node:crypto';
import { readContainer } from '../../src/avro/container';
import { objectKey } from '../../src/sink/object-key';
import { sinkPartition } from '../../src/sink/partition';
import { sinkOn } from '../../src/sink/sink';
import { decodeState } from '../../src/sink/state-form';
import { knownUploads } from '../../src/sink/uploads';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { type MemoryBucket, memoryBucket } from './memory-bucket';
import type { World } from './schedule';
import { expectedFiles, scriptedRegistry } from './scripted-log';

/** What is wrong, a line each; none when all is well. */
export async function faultsOf(world: World): Promise<string[]> {
  const single = await singleWriter(world);
  return [
    ...world.unexpected,
    ...againstRules(world, single.bucket),
    ...differingFiles(single.bucket.objects, world.bucket.objects),
    ...(await differingStates(world, single.state)),
    ...(await leakedUploads(world)),
  ];
}

async function singleWriter({ config, log }: World) {
  const bucket = memoryBucket({ smallestPart: config.partSize, etags: 'md5' });
  const state = memoryState();
  const sink = sinkOn(config, state, bucket, scriptedRegistry, recordedMetrics());
  for (const [partition, records] of log.entries()) await sinkPartition(sink, { topic: 'prices', partition }, records);
  return { bucket, state };
}

/** The single writer itself: each file has the records that Kafka Connect's rules give it, and no other file is there. */
function againstRules({ config, log }: World, { objects }: MemoryBucket): string[] {
  const { closed } = expectedFiles(log, config);
  const faults = closed.flatMap(({ partition, startOffset, datums, records }) => {
    const source = { topic: 'prices', partition };
    const key = objectKey(config, source, `partition=${partition}`, { startOffset, ending: '.avro' });
    const file = objects.get(key);
    if (file === undefined) return [`the single writer made no ${key}`];
    const blocks = [...readContainer(file).blocks];
    const count = blocks.reduce((sum, block) => sum + block.count, 0);
    const isRight = count === records && Buffer.concat(blocks.map(({ data }) => data)).equals(datums);
    return isRight ? [] : [`the single writer's ${key} has ${count} records, or other ones, instead of ${records}`];
  });
  return objects.size === closed.length ? faults : [...faults, 'the single writer made other files too'];
}

function differingFiles(expected: ReadonlyMap<string, Buffer>, found: ReadonlyMap<string, Buffer>): string[] {
  const missing = [...expected.keys()].filter((key) => !found.has(key)).map((key) => `${key} is missing`);
  const strange = [...found.keys()].filter((key) => !expected.has(key)).map((key) => `${key} should not be`);
  const other = [...found].filter(([key, body]) => expected.get(key)?.equals(body) === false);
  return [...missing, ...strange, ...other.map(([key]) => `${key} has other bytes`)];
}

async function differingStates({ log, state, bucket }: World, expected: StateStore): Promise<string[]> {
  const faults: string[] = [];
  for (const [partition] of log.entries()) {
    const key = `sink/simulated/prices/${partition}`;
    const found = await openIn(state, bucket, key);
    if (found !== (await openIn(expected, undefined, key))) faults.push(`${key} has other open files: ${found}`);
  }
  return faults;
}

/** What a state says, whoever wrote it: without upload ids and ETags. */
async function openIn(store: StateStore, bucket: MemoryBucket | undefined, key: string): Promise<string> {
  const object = await store.read(key);
  if (object === undefined) return 'nothing';
  const { first, last, open } = decodeState(object.body, key);
  const files = open.map(({ streams, ...file }) => ({
    ...file,
    streams: streams.map(({ upload, tail, block, ...stream }) => {
      const isOpen = bucket === undefined || upload === undefined || bucket.openUploads().has(upload.id);
      const bytes = createHash('sha256').update(Buffer.concat([...tail, block.datums]));
      return { ...stream, parts: upload?.etags.length, isOpen, bytes: bytes.digest('hex') };
    }),
  }));
  return JSON.stringify({ first, last, files });
}

async function leakedUploads({ mayLeak, bucket, state }: World): Promise<string[]> {
  if (mayLeak) return [];
  const known = new Set<string>();
  for (const key of await state.list('')) {
    const object = await state.read(key);
    for (const id of knownUploads(object && decodeState(object.body, key))) known.add(id);
  }
  return [...bucket.openUploads()].filter(([id]) => !known.has(id)).map(([id, key]) => `${id} of ${key} was left open`);
}
