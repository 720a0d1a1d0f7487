// Another producer on the source's topics: its records look like nothing, like rows of an unknown schema, and like ours.
import { setTimeout as sleep } from 'node:timers/promises';
import { longBytes, readLong } from '../../../src/avro/varint';
import { WIRE_HEADER_BYTES, wireHeader } from '../../../src/avro/wire';
import { kafkaTopicLog } from '../../../src/kafka/kafka-topic-log';
import type { Message, TopicLog } from '../../../src/kafka/topic-log';
import { type Random, random } from '../../simulation/random';
import type { SourceSite } from './source-site';
import { crashTables } from './tables';

const EVERY_MS = 30;
const UNKNOWN_SCHEMA = 77_777;

export interface Strangers {
  stop(): Promise<void>;
}

export function startStrangers({ kafka, topic, partitions }: SourceSite, seed: number): Strangers {
  const log = kafkaTopicLog(kafka);
  const chance = random(seed);
  let isOver = false;
  const producing = (async () => {
    while (!isOver) {
      const name = topic(chance.pick(crashTables).name);
      const partition = chance.integer(0, partitions - 1);
      // A broker that is away is no matter here.
      await stranger(log, name, partition, chance)
        .then((message) => log.append(name, [message]))
        .catch(() => undefined);
      await sleep(EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await producing;
      await log.close();
    },
  };
}

async function stranger(log: TopicLog, topic: string, partition: number, chance: Random): Promise<Message> {
  const own = chance.chance(0.3) ? await firstRow(log, topic, partition) : undefined;
  const values = [
    null,
    Buffer.from('abc'),
    Buffer.concat([wireHeader(UNKNOWN_SCHEMA), Buffer.from([2, 2, 2])]),
    ...(own === undefined ? [] : [withId(own, -BigInt(chance.integer(1, 1000)))]),
  ] as const;
  return { partition, key: chance.chance(0.5) ? Buffer.from('key') : null, value: chance.pick([null, ...values]) };
}

async function firstRow(log: TopicLog, topic: string, partition: number): Promise<Buffer | undefined> {
  const until = (await log.ends(topic)).map((end, index) => (index === partition ? Math.min(end, 20) : 0));
  const from = until.map(() => 0);
  for await (const { value } of log.read(topic, from, until)) if (value !== null && isOfOurs(value)) return value;
  return undefined;
}

/** Short records and those of the unknown schema are the strangers'. */
function isOfOurs(value: Buffer): boolean {
  return rowId(value) !== undefined;
}

/** Of a record that the source wrote: strangers have none, or one below zero. */
export function rowId(value: Buffer | null): bigint | undefined {
  if (value === null || value.length <= WIRE_HEADER_BYTES || value[0] !== 0) return undefined;
  if (value.readUInt32BE(1) === UNKNOWN_SCHEMA) return undefined;
  const id = readLong(value, WIRE_HEADER_BYTES)?.value;
  return id !== undefined && id > 0n ? id : undefined;
}

function withId(value: Buffer, id: bigint): Buffer {
  const behind = readLong(value, WIRE_HEADER_BYTES)?.end ?? WIRE_HEADER_BYTES;
  return Buffer.concat([value.subarray(0, WIRE_HEADER_BYTES), longBytes(id), value.subarray(behind)]);
}
