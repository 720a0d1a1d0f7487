// Reads the topic from where an intent began, and finds which of its rows are not there.
import { readWireHeader, WIRE_HEADER_BYTES } from '../avro/wire';
import { ConnectlessError } from '../errors';
import type { LogRecord, TopicLog } from '../kafka/topic-log';
import { unsettled } from '../outbox/settle';
import type { SchemaRegistry } from '../registry/registry';
import { partitionOfId } from './batch';
import type { PageIntent } from './cursor';
import { type IdReader, idReader } from './record/record-id';

/** To be called when nothing of the intent's writer can be in flight any more. Ascending. Throws TOPIC_RECREATED. */
export async function missingIds(intent: PageIntent, log: TopicLog, registry: SchemaRegistry): Promise<bigint[]> {
  const ends = await log.ends(intent.topic);
  checkEnds(intent, ends);
  const partitions = intent.ends.length;
  const expected = intent.ids.map((id) => ({ id, partition: partitionOfId(id, partitions) }));
  const records = log.read(intent.topic, intent.ends, ends.slice(0, partitions));
  const readers = new Map<number, IdReader | undefined>();
  const { missing } = await unsettled(
    expected,
    withReaders(records, readers, intent.column, registry),
    intent.ends,
    ({ id }, record) => idOfRecord(record, readers) === id,
  );
  return missing.map(({ id }) => id);
}

/** The records as they are; before one goes on, the reader for its schema is known. */
async function* withReaders(
  records: AsyncIterable<LogRecord>,
  readers: Map<number, IdReader | undefined>,
  column: string,
  registry: SchemaRegistry,
): AsyncGenerator<LogRecord> {
  for await (const record of records) {
    const schemaId = record.value === null ? undefined : readWireHeader(record.value);
    if (schemaId !== undefined && !readers.has(schemaId)) {
      readers.set(schemaId, await readerOf(schemaId, column, registry));
    }
    yield record;
  }
}

/** Records of other producers, in whatever form, have no id of ours. */
function idOfRecord({ value }: LogRecord, readers: ReadonlyMap<number, IdReader | undefined>): bigint | undefined {
  const schemaId = value === null ? undefined : readWireHeader(value);
  if (value === null || schemaId === undefined) return undefined;
  return readers.get(schemaId)?.(value.subarray(WIRE_HEADER_BYTES));
}

async function readerOf(schemaId: number, column: string, registry: SchemaRegistry): Promise<IdReader | undefined> {
  try {
    return idReader(await registry.schemaById(schemaId), column);
  } catch (error) {
    if (error instanceof ConnectlessError && error.code === 'SCHEMA_NOT_FOUND') return undefined;
    throw error;
  }
}

/** A log that is shorter than it was is another log: what had landed cannot be told any more. */
function checkEnds({ topic, ends: before, ids }: PageIntent, now: readonly number[]): void {
  const partition = before.findIndex((end, index) => (now[index] ?? -1) < end);
  if (partition < 0) return;
  throw new ConnectlessError(
    'TOPIC_RECREATED',
    `Topic ${topic}, partition ${partition} ends at ${now[partition] ?? 'nothing'}, below ${before[partition]}, where rows ${ids[0]} to ${ids.at(-1)} were about to be written: ` +
      'it was deleted and made anew. Remove the cursor (the state object source/<connector>/<table>.json) to read the table into it from the first row.',
  );
}
