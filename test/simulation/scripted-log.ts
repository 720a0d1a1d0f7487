// A topic's log made up for one schedule: good records of several schemas, null values, and some that cannot be written.
import { longBytes } from '../../src/avro/varint';
import { wireHeader } from '../../src/avro/wire';
import type { RegistryConfig } from '../../src/config/model';
import type { SinkConfig } from '../../src/config/sink-model';
import { ConnectlessError } from '../../src/errors';
import type { VersionedRegistry } from '../../src/registry/registry';
import type { SinkRecord } from '../../src/sink/record';
import type { Random } from './random';

export interface ScriptedRecord extends SinkRecord {
  readonly partition: number;
  readonly is: 'good' | 'null' | 'bad';
}

/** By partition. */
export type ScriptedLog = readonly (readonly ScriptedRecord[])[];

// The other registry has other schemas under the same ids: of the same bytes, so that records can be read with either.
export const OTHER_REGISTRY = 'other';

const field = (name: string, type: string, more = '') => `{"name":"${name}","type":"${type}"${more}}`;

/** By id, which is the version, too: the second adds a field, the third changes the type of one. */
function schemasWith(text: string): Readonly<Record<number, string>> {
  const common = [field('id', 'long'), field(text, 'bytes')];
  const record = (...fields: string[]) => `{"type":"record","name":"A","fields":[${[...common, ...fields].join()}]}`;
  return {
    1: record(field('kind', 'int')),
    2: record(field('kind', 'int'), field('more', 'int', ',"default":7')),
    3: record(field('kind', 'string')),
  };
}

/** Of the values. */
export function registryIn({ converters: { value } }: SinkConfig): RegistryConfig {
  if (value.kind !== 'avro') throw new TypeError('the values come in a wire format');
  return value.registry;
}

/** What the field is called that holds a record's text. */
export function textField({ url }: RegistryConfig): 'text' | 'body' {
  return url === OTHER_REGISTRY ? 'body' : 'text';
}

const registryOf = (schemas: Readonly<Record<number, string>>): VersionedRegistry => ({
  register: async () => {
    throw new Error('the sink registers nothing');
  },
  schemaById: async (id) => {
    const text = schemas[id];
    if (text === undefined) throw new ConnectlessError('SCHEMA_NOT_FOUND', `no schema ${id}`);
    return text;
  },
  versionOf: async (_, id) => id,
});

const registries = { text: registryOf(schemasWith('text')), body: registryOf(schemasWith('body')) };

export const scriptedRegistry = (config: RegistryConfig) => registries[textField(config)];

const noise = Buffer.from(Array.from({ length: 80 * 1024 }, (_, index) => Math.imul(index, 2654435761) >>> 24));
const START = Date.parse('2026-10-25T00:59:59.000Z');

interface Size {
  readonly partitions: number;
  readonly mostRecords: number;
  /** Bytes of a record's text. */
  readonly text: { readonly least: number; readonly most: number };
}

/** Offsets with gaps, timestamps that jump, schemas that take turns. Each good record's `id` is its offset. */
export function scriptedLog(random: Random, size: Size): ScriptedLog {
  const changes = random.pick([0, 0.05, 0.4]);
  const misses = random.pick([0, 0, 0.1]);
  return Array.from({ length: random.integer(1, size.partitions) }, (_, partition) => {
    const records: ScriptedRecord[] = [];
    let offset = random.pick([0, 0, 7]);
    let schemaId = 1;
    for (let count = random.integer(1, size.mostRecords); count > 0; count -= 1) {
      if (random.chance(changes)) schemaId = random.integer(1, 3);
      const is = random.chance(misses) ? random.pick(['null', 'bad'] as const) : 'good';
      records.push(scriptedRecord(random, { partition, offset, is }, schemaId, size.text));
      offset += random.chance(0.1) ? random.integer(2, 9) : 1;
    }
    return records;
  });
}

type Fixed = Pick<ScriptedRecord, 'partition' | 'offset' | 'is'>;

function scriptedRecord(random: Random, fixed: Fixed, schemaId: number, text: Size['text']): ScriptedRecord {
  const { offset, is } = fixed;
  const good = Buffer.concat([wireHeader(schemaId), datumOf(random, schemaId, offset, text)]);
  const value = is === 'bad' ? spoilt(random, good) : good;
  return {
    ...fixed,
    timestamp: START + offset * 10 + random.pick([0, 3, 9, -40, 400]),
    key: random.chance(0.97) ? Buffer.from(`key ${offset}`).toString('base64') : null,
    value: is === 'null' ? null : value.toString('base64'),
    headers: random.chance(0.97) ? [{ h: [...Buffer.from(String(offset))] }] : [],
  };
}

function datumOf(random: Random, schemaId: number, id: number, { least, most }: Size['text']): Buffer {
  const text = noise.subarray(0, random.integer(least, most));
  const kind = random.integer(0, 2);
  const start = [longBytes(id), longBytes(text.length), text];
  if (schemaId === 1) return Buffer.concat([...start, longBytes(kind)]);
  if (schemaId === 2) return Buffer.concat([...start, longBytes(kind), longBytes(-id)]);
  return Buffer.concat([...start, longBytes(1), Buffer.from(String(kind))]);
}

function spoilt(random: Random, good: Buffer): Buffer {
  return random.pick([
    good.subarray(0, -1),
    Buffer.concat([good, Buffer.from('!')]),
    Buffer.from('no wire format'),
    Buffer.concat([wireHeader(99), good.subarray(5)]),
  ]);
}
