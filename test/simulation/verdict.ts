// Compares what a schedule left behind with a single writer's run, and with what every run must leave.
import { createHash } from 'node:crypto';
import type { SinkConfig } from '../../src/config/model';
import { goesByClock } from '../../src/sink/clock';
import { sinkPartition } from '../../src/sink/partition';
import { sinkOn } from '../../src/sink/sink';
import { decodeState } from '../../src/sink/state-form';
import { knownUploads } from '../../src/sink/uploads';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { recordedMetrics } from '../src/metrics/recorded';
import { type MemoryBucket, memoryBucket } from './memory-bucket';
import { idsIn } from './rows';
import type { World } from './schedule';
import { type ScriptedRecord, scriptedRegistry } from './scripted-log';
import { again } from './transitions';

/** What is wrong, a line each; none when all is well. */
export async function faultsOf(world: World): Promise<string[]> {
  const alone = await again(world.config, world.log, world.transitions);
  return [
    ...world.unexpected,
    ...differingFiles(alone.bucket.objects, world.bucket.objects),
    ...(await differingStates(world, alone.state)),
    ...(goesByClock(world.config) ? [] : await differingFromOneBatch(world)),
    ...rowFaults(world, await unfinished(world)),
    ...(await leakedUploads(world)),
  ];
}

/** Without a clock it does not matter how the log was cut. */
async function differingFromOneBatch({ config, log, bucket }: World): Promise<string[]> {
  const one = memoryBucket({ smallestPart: config.partSize, etags: 'md5' });
  const sink = sinkOn(config, memoryState(), one, scriptedRegistry, recordedMetrics(), {
    deadLetters: { send: async () => {} },
  });
  for (const [partition, records] of log.entries()) await sinkPartition(sink, { topic: 'prices', partition }, records);
  return differingFiles(one.objects, bucket.objects).map((fault) => `against one batch: ${fault}`);
}

/** Offsets in open files, by partition. */
async function unfinished({ log, state }: World): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const [partition] of log.entries()) {
    const object = await state.read(`sink/simulated/prices/${partition}`);
    const open = object === undefined ? [] : decodeState(object.body, '').open;
    const withValues = open.filter(({ streams }) => streams[0]?.role === 'value');
    counts.set(
      partition,
      withValues.reduce((sum, { records }) => sum + records, 0),
    );
  }
  return counts;
}

/** Told without the planner: each good record is in a file once or waits in an open one; each other one is a dead letter. */
function rowFaults(world: World, open: ReadonlyMap<number, number>): string[] {
  const { config, log, bucket, deadLetters } = world;
  const faults: string[] = [];
  for (const [partition, records] of log.entries()) {
    const good = records.filter((record) => isWritable(config, record)).map(({ offset }) => offset);
    const files = [...bucket.objects].filter(([key]) => isValues(key) && key.includes(`prices+${partition}+`));
    const ids = files.flatMap(([key, body]) => idsIn(key, body)).sort((one, other) => one - other);
    const closed = good.slice(0, good.length - (open.get(partition) ?? 0));
    if (JSON.stringify(ids) !== JSON.stringify(closed))
      faults.push(`partition ${partition} has ${ids} in files, not ${closed}`);
    if (config.errors.deadLetters === undefined) continue;
    const expected = records
      .filter((record) => isDeadLetter(config, record))
      .map(({ offset }) => `${partition}/${offset}`);
    const sent = [...new Set(deadLetters.filter((letter) => letter.startsWith(`${partition}/`)))];
    const differing = expected
      .filter((letter) => !sent.includes(letter))
      .concat(sent.filter((letter) => !expected.includes(letter)));
    if (differing.length > 0) faults.push(`dead letters: ${sent}, not ${expected}`);
  }
  return faults;
}

function isValues(key: string): boolean {
  return !key.includes('.keys.') && !key.includes('.headers.');
}

function isWritable(config: SinkConfig, record: ScriptedRecord): boolean {
  return record.is === 'good' && hasSiblings(config, record);
}

function hasSiblings({ formats }: SinkConfig, { key, headers }: ScriptedRecord): boolean {
  return (formats.keys === undefined || key !== null) && (formats.headers === undefined || (headers ?? []).length > 0);
}

function isDeadLetter(config: SinkConfig, record: ScriptedRecord): boolean {
  if (record.is === 'null')
    return config.nulls.behavior === 'ignore' ? config.nulls.toDeadLetters : !hasSiblings(config, record);
  return !isWritable(config, record);
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

async function leakedUploads({ bucket, state }: World): Promise<string[]> {
  const known = new Set<string>();
  for (const key of await state.list('')) {
    const object = await state.read(key);
    for (const id of knownUploads(object && decodeState(object.body, key))) known.add(id);
  }
  return [...bucket.openUploads()].filter(([id]) => !known.has(id)).map(([id, key]) => `${id} of ${key} was left open`);
}
