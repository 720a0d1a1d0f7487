// A topic made up for one schedule: its log, what its other users and its retention do to it, and all that ever landed.
import { longBytes } from '../../../src/avro/varint';
import { wireHeader } from '../../../src/avro/wire';
import type { LogRecord, Message } from '../../../src/kafka/topic-log';
import type { Random } from '../random';
import type { VirtualClock } from '../virtual-clock';
import { seenIn } from './rows';

/** Another producer's schema, which has a field of the incrementing column's name. */
export const FOREIGN_SCHEMA = '{"type":"record","name":"foreign","fields":[{"name":"id","type":"long"}]}';

export interface Landed {
  readonly record: LogRecord;
  /** Which of the topics that had this name. */
  readonly topic: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SourceTopic {
  /** All records that ever landed, whatever became of them; a cure stands between those before and after it. */
  readonly history: readonly (Landed | 'cured')[];
  ends(): number[];
  starts(): number[];
  read(partition: number, from: number, until: number): readonly LogRecord[];
  /** Answers a function that lands messages of a batch, as long as the topic is the one that it is now. */
  landing(batch: readonly Message[]): (messages: readonly Message[]) => void;
  cured(): void;
  grow(): void;
  /** The first records are deleted. */
  retain(): void;
  /** Of records with one key the last alone stays. */
  compact(): void;
  recreate(): void;
}

interface Partition {
  start: number;
  end: number;
  records: LogRecord[];
}

interface Log {
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly foreignId: number;
  readonly history: (Landed | 'cured')[];
  strangers: number;
  partitions: Partition[];
  topic: number;
}

/** @param foreignId the id of `FOREIGN_SCHEMA` */
export function sourceTopic(
  random: Random,
  clock: VirtualClock,
  { partitions, strangers }: { readonly partitions: number; readonly strangers: number },
  foreignId: number,
): SourceTopic {
  const log: Log = { random, clock, foreignId, history: [], strangers, partitions: empty(partitions), topic: 0 };
  return {
    history: log.history,
    ends: () => log.partitions.map(({ end }) => end),
    starts: () => log.partitions.map(({ start }) => start),
    read: (partition, from, until) =>
      (log.partitions[partition]?.records ?? []).filter(({ offset }) => offset >= from && offset < until),
    landing: (batch) => {
      const { topic } = log;
      return (messages) => {
        if (log.topic === topic) for (const message of messages) land(log, message, batch);
      };
    },
    cured: () => void log.history.push('cured'),
    grow: () => void log.partitions.push(...empty(1)),
    retain: () => {
      for (const partition of log.partitions) retain(partition, random);
    },
    compact: () => {
      for (const partition of log.partitions) compact(partition, random);
    },
    recreate: () => {
      log.topic += 1;
      log.partitions = empty(random.integer(1, 4));
      // One that outgrows the topic before it is not known from it.
      log.strangers = 0;
    },
  };
}

function empty(partitions: number): Partition[] {
  return Array.from({ length: partitions }, () => ({ start: 0, end: 0, records: [] }));
}

function land(log: Log, message: Message, batch: readonly Message[]): void {
  const { random, history, clock, topic } = log;
  if (random.chance(log.strangers)) stranger(log, message, batch);
  const record = appended(log, message);
  if (record !== undefined) history.push({ record, topic, at: clock.now() });
  if (random.chance(log.strangers)) stranger(log, message, batch);
}

function appended({ partitions }: Log, { partition, key, value }: Message): LogRecord | undefined {
  const log = partitions[partition];
  if (log === undefined) return undefined;
  const record = { partition, offset: log.end, timestamp: 0, key, value: value && Buffer.from(value), headers: [] };
  log.records.push(record);
  log.end += 1;
  return record;
}

/** Records of another producer in the message's partition, or the mark of its transaction's end, which is no record. */
function stranger(log: Log, { partition, key }: Message, batch: readonly Message[]): void {
  const { random, foreignId } = log;
  const theirs = (value: Buffer | null) => appended(log, { partition, key: random.chance(0.5) ? key : null, value });
  const what = random.pick(['nothing', 'text', 'unknown schema', 'same id', 'same id', 'mark']);
  if (what === 'nothing') theirs(null);
  if (what === 'text') theirs(Buffer.from('text'));
  if (what === 'unknown schema') theirs(Buffer.concat([wireHeader(99), Buffer.of(2, 2)]));
  if (what === 'mark') for (const one of log.partitions.slice(partition, partition + 1)) one.end += 1;
  const besides = batch.filter((message) => message.partition === partition);
  const value = besides[random.integer(0, besides.length - 1)]?.value;
  if (what === 'same id' && value) theirs(Buffer.concat([wireHeader(foreignId), longBytes(seenIn(value).id)]));
}

function retain(partition: Partition, random: Random): void {
  partition.start = random.chance(0.5) ? partition.end : random.integer(partition.start, partition.end);
  partition.records = partition.records.filter(({ offset }) => offset >= partition.start);
}

function compact(partition: Partition, random: Random): void {
  const { records, end } = partition;
  // The segment that is appended to is left alone; it may be a new one.
  const behind = random.chance(0.5) ? end : random.integer(partition.start, end);
  const last = new Map(records.map(({ key, offset }) => [key?.toString('hex'), offset]));
  partition.records = records.filter(
    ({ key, offset }) => key === null || offset >= behind || last.get(key.toString('hex')) === offset,
  );
}
