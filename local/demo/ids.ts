// The ids of rows, read back from a topic's records and from files.
import { codec } from '../../src/avro/codec';
import { containerValues } from '../../src/avro/container-values';
import { parseSchema } from '../../src/avro/schema-parse';
import { readWireHeader, WIRE_HEADER_BYTES } from '../../src/avro/wire';
import { ConnectlessError } from '../../src/errors';
import type { TopicLog } from '../../src/kafka/topic-log';
import type { SchemaRegistry } from '../../src/registry/registry';

/** In the order of the file. */
export function idsInFile(body: Buffer): number[] {
  return [...containerValues(body).values].map(idOf);
}

/** All of a topic's, partition by partition. */
export async function idsInTopic(log: TopicLog, topic: string, registry: SchemaRegistry): Promise<number[]> {
  const ends = await log.ends(topic);
  const beginning = ends.map(() => 0);
  const ids: number[] = [];
  for await (const { partition, offset, value } of log.read(topic, beginning, ends)) {
    const schemaId = value === null ? undefined : readWireHeader(value);
    if (value === null || schemaId === undefined) {
      throw new ConnectlessError('DEMO_RECORD', `${topic}, partition ${partition}, offset ${offset}: no Avro record`);
    }
    const { decode } = codec(parseSchema(await registry.schemaById(schemaId)));
    ids.push(idOf(decode(value, WIRE_HEADER_BYTES).value));
  }
  return ids;
}

function idOf(value: unknown): number {
  return Number((value as { id: unknown }).id);
}
