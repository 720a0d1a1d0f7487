// A topic's log made up for one schedule, and the files that Kafka Connect's rules make of it.

import { longBytes } from '../../src/avro/varint';
import { wireHeader } from '../../src/avro/wire';
import type { SinkConfig } from '../../src/config/model';
import type { SchemaRegistry } from '../../src/registry/registry';
import type { Random } from './random';

interface ScriptedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly value: string;
  readonly schemaId: number;
  readonly datum: Buffer;
}

/** By partition. */
export type ScriptedLog = readonly (readonly ScriptedRecord[])[];

const field = (name: string, type: string) => `{"name":"${name}","type":"${type}"}`;
const schemas: Record<number, string> = {
  1: `{"type":"record","name":"A","fields":[${field('id', 'long')},${field('text', 'bytes')}]}`,
  2: `{"type":"record","name":"A","fields":[${field('id', 'long')},${field('text', 'bytes')},${field('more', 'int')}]}`,
  3: '"bytes"',
};

export const scriptedRegistry: SchemaRegistry = {
  register: async () => {
    throw new Error('the sink registers nothing');
  },
  schemaById: async (id) => schemas[id] ?? Promise.reject(new Error(`no schema ${id}`)),
};

const noise = Buffer.from(Array.from({ length: 64 * 1024 }, (_, index) => Math.imul(index, 2654435761) >>> 24));

/** Offsets with gaps, several schemas that take turns, datums of up to `largest` bytes. */
export function scriptedLog(random: Random, partitions: number, mostRecords: number, largest: number): ScriptedLog {
  const changes = random.pick([0, 0.05, 0.4]);
  return Array.from({ length: random.integer(1, partitions) }, (_, partition) => {
    const records: ScriptedRecord[] = [];
    let offset = random.pick([0, 0, 7]);
    let schemaId = 1;
    for (let count = random.integer(1, mostRecords); count > 0; count -= 1) {
      if (random.chance(changes)) schemaId = random.integer(1, 3);
      const datum = datumOf(schemaId, offset, noise.subarray(0, random.integer(0, largest)));
      const value = Buffer.concat([wireHeader(schemaId), datum]).toString('base64');
      const timestamp = 1_700_000_000_000 + offset * 10 + random.integer(0, 9);
      records.push({ topic: 'prices', partition, offset, timestamp, value, schemaId, datum });
      offset += random.chance(0.1) ? random.integer(2, 9) : 1;
    }
    return records;
  });
}

function datumOf(schemaId: number, id: number, text: Buffer): Buffer {
  const bytes = [longBytes(text.length), text];
  if (schemaId === 1) return Buffer.concat([longBytes(id), ...bytes]);
  if (schemaId === 2) return Buffer.concat([longBytes(id), ...bytes, longBytes(-id)]);
  return Buffer.concat(bytes);
}

export interface ExpectedFile {
  readonly partition: number;
  readonly startOffset: number;
  readonly schemaId: number;
  readonly datums: Buffer;
  readonly records: number;
}

/** What `flush.size` and a change of schema make of the log: the files, and behind them what is still open. */
export function expectedFiles(log: ScriptedLog, { flushSize }: Pick<SinkConfig, 'flushSize'>) {
  const closed: ExpectedFile[] = [];
  const open: ExpectedFile[] = [];
  for (const [partition, records] of log.entries()) {
    let file: ScriptedRecord[] = [];
    const close = (to: ExpectedFile[]) => {
      const first = file[0];
      if (first === undefined) return;
      const datums = Buffer.concat(file.map(({ datum }) => datum));
      const { offset: startOffset, schemaId } = first;
      to.push({ partition, startOffset, schemaId, datums, records: file.length });
      file = [];
    };
    for (const record of records) {
      if (file[0] !== undefined && file[0].schemaId !== record.schemaId) close(closed);
      file.push(record);
      if (file.length === flushSize) close(closed);
    }
    close(open);
  }
  return { closed, open };
}
