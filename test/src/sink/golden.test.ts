import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Type } from 'avsc';
import { readContainer } from '../../../src/avro/container';
import { sinkPartition } from '../../../src/sink/partition';
import { sinkOn } from '../../../src/sink/sink';
import { decodeState } from '../../../src/sink/state-form';
import { memoryState } from '../../../src/state/memory';
import { memoryBucket } from '../../simulation/memory-bucket';
import { recordedMetrics } from '../metrics/recorded';
import { sampleConfig } from './sample';

interface Golden {
  readonly name: string;
  readonly connector: Readonly<Record<string, string>>;
  readonly records: Readonly<
    Record<string, readonly { partition: number; offset: number; ts: number; value: string }[]>
  >;
  readonly schemas: Readonly<Record<string, { schema: string }>>;
  readonly result: {
    readonly files: Readonly<Record<string, { codec: string; schema: string; count: number; records: unknown[] }>>;
    readonly committed: Readonly<Record<string, number>>;
  };
}

/** Kafka Connect rebuilds the schema from its own model and adds these. */
function withoutConnect(schema: string): unknown {
  return JSON.parse(schema, (key, value) => (key.startsWith('connect.') ? undefined : value));
}

function describeFile(body: Buffer) {
  const { schema, codec, blocks } = readContainer(body);
  const type = Type.forSchema(JSON.parse(schema));
  const records: unknown[] = [];
  for (const { count, data } of blocks) {
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      const { value, offset } = type.decode(data, at);
      records.push({ ...value });
      at = offset;
    }
  }
  return { codec, schema: withoutConnect(schema), count: records.length, records };
}

test.each(['prices_tutorial', 'flush1', 'compat_NONE_v1_then_v2'])(
  "%s: the files of Confluent's own sink",
  async (name) => {
    const path = join(__dirname, '../../fixtures/golden/sink', `${name}.json`);
    const golden: Golden = JSON.parse(readFileSync(path, 'utf8'));
    const partSize = Number(golden.connector['s3.part.size']);
    const bucket = memoryBucket({ smallestPart: partSize, etags: 'md5' });
    const state = memoryState();
    const config = { ...sampleConfig, topicsDir: name, flushSize: Number(golden.connector['flush.size']), partSize };
    const registry = {
      register: () => Promise.reject(new Error('the sink registers nothing')),
      schemaById: async (id: number) => golden.schemas[id]?.schema ?? '',
      versionOf: async (_: string, id: number) => id,
    };
    for (const [topic, records] of Object.entries(golden.records)) {
      const given = records.map(({ offset, ts, value }) => {
        return { offset, timestamp: ts, value: Buffer.from(value, 'hex').toString('base64') };
      });
      await sinkPartition(
        sinkOn(config, state, bucket, () => registry, recordedMetrics()),
        { topic, partition: 0 },
        given,
      );
    }

    const files = Object.fromEntries([...bucket.objects].map(([key, body]) => [key, describeFile(body)]));
    const expected = Object.entries(golden.result.files).map(([key, file]) => [
      key,
      { ...file, schema: withoutConnect(file.schema) },
    ]);
    expect(files).toEqual(Object.fromEntries(expected));

    // Theirs commits the offset behind the last closed file; ours keeps what follows in the state.
    for (const [topicPartition, committed] of Object.entries(golden.result.committed)) {
      const key = `sink/${config.name}/${topicPartition.slice(0, -2)}/0`;
      const { open, last } = decodeState((await state.read(key))?.body ?? Buffer.alloc(0), key);
      expect(open[0]?.startOffset ?? last.offset + 1).toBe(committed);
    }
  },
);
