// Compares what a schedule left behind with a single writer's run, and with what every run must leave.
//
// The single writer plans by the same planner: it tells whether writers disturb each other, not whether files are closed when they
// should be. The rules of rotation are held by test/src/sink/cases, by the recorded cases and by the planner's own tests.
import { createHash } from 'node:crypto';
import { goesByClock } from '../../src/sink/clock';
import { sinkPartition } from '../../src/sink/partition';
import { sinkOn } from '../../src/sink/sink';
import { decodeState } from '../../src/sink/state-form';
import { knownUploads } from '../../src/sink/uploads';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { faultsOfTransition } from './invariants';
import { type MemoryBucket, memoryBucket } from './memory-bucket';
import { rowFaults } from './row-faults';
import { scriptedRegistry } from './scripted-log';
import { again } from './transitions';
import { filesOf, type World } from './world';

/** What is wrong, a line each; none when all is well. */
export async function faultsOf(world: World): Promise<string[]> {
  const faults = [...world.unexpected, ...world.transitions.flatMap(faultsOfTransition), ...madeTwice(world)];
  if (faults.length > 0) return faults;
  const rows = await rowFaults(world).catch((error: unknown) => [`a file cannot be read: ${error}`]);
  if (world.isStopped) return rows;
  const alone = await again(world);
  return [
    ...rows,
    ...differingFiles(alone.bucket.objects, filesOf(world)),
    ...(await differingStates(world, alone.state)),
    ...(world.configs.length > 1 || goesByClock(world.configs[0]) ? [] : await differingFromOneBatch(world)),
    ...(await leakedUploads(world)),
  ];
}

/** Also what a consumer has moved away does not come back. */
function madeTwice({ bucket: { created } }: World): string[] {
  return created.filter((key, index) => created.indexOf(key) !== index).map((key) => `${key} was made twice`);
}

/** Without a clock it does not matter how the log was cut. */
async function differingFromOneBatch(world: World): Promise<string[]> {
  const { configs, log } = world;
  const one = memoryBucket({ smallestPart: configs[0].partSize, etags: 'md5' });
  const sink = sinkOn(configs[0], memoryState(), one, scriptedRegistry, recordedMetrics(), {
    deadLetters: { send: async () => {} },
  });
  for (const [partition, records] of log.entries()) await sinkPartition(sink, { topic: 'prices', partition }, records);
  return differingFiles(one.objects, filesOf(world)).map((fault) => `against one batch: ${fault}`);
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
  const { first, last, open, closing } = decodeState(object.body, key);
  const files = open.map(({ streams, ...file }) => ({
    ...file,
    streams: streams.map(({ upload, tail, block, ...stream }) => {
      const isOpen = bucket === undefined || upload === undefined || bucket.openUploads().has(upload.id);
      const bytes = createHash('sha256').update(Buffer.concat([...tail, block.datums]));
      return { ...stream, parts: upload?.etags.length, isOpen, bytes: bytes.digest('hex') };
    }),
  }));
  return JSON.stringify({ first, last, files, closing: closing.map((file) => file.key) });
}

async function leakedUploads({ bucket, state }: World): Promise<string[]> {
  const known = new Set<string>();
  for (const key of await state.list('')) {
    const object = await state.read(key);
    for (const id of knownUploads(object && decodeState(object.body, key))) known.add(id);
  }
  return [...bucket.openUploads()].filter(([id]) => !known.has(id)).map(([id, key]) => `${id} of ${key} was left open`);
}
