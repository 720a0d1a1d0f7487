// Reads the topic from where an intent began, and finds which of its rows are not there.
import { readWireHeader, WIRE_HEADER_BYTES } from '../avro/wire';
import { ConnectlessError } from '../errors';
import type { LogRecord, TopicLog } from '../kafka/topic-log';
import { unsettled } from '../outbox/settle';
import type { SchemaRegistry } from '../registry/registry';
import { type PageIntent, type RowsAsMessages, type RowsById, rowCount } from './cursor';
import { expectedIds } from './placing';
import { type IdReader, idReader } from './record/record-id';

type Messages = RowsAsMessages['messages'];

/** What of an intent is not in the topic, in the order of the page. */
export type Missing = { readonly ids: readonly bigint[] } | { readonly messages: Messages };

/**
 * To be called when nothing of the intent's writer can be in flight any more. Throws TOPIC_RECREATED, INTENT_EXPIRED and
 * TOPIC_COMPACTED when the log no longer tells.
 */
export async function missingRows(
  intent: PageIntent,
  table: string,
  log: TopicLog,
  registry: SchemaRegistry,
): Promise<Missing> {
  const { topic, ends, rows } = intent;
  const now = await log.ends(topic);
  checkEnds(intent, now, table);
  const records = counted(log.read(topic, ends, now.slice(0, ends.length)), ends);
  const ids = 'ids' in rows ? await missingIds(intent, rows, records.all, registry) : [];
  const messages = 'ids' in rows ? [] : await missingMessages(intent, rows.messages, records.all);
  // Afterwards: what retention takes while the log is read is missing, too.
  checkStarts(intent, await log.starts(topic), table);
  if ('ids' in rows) {
    if (ids.length > 0 && rows.partitions !== undefined) checkGaps(intent, now, records.counts, table);
    return { ids };
  }
  if (messages.some(({ key }) => key !== null)) checkGaps(intent, now, records.counts, table);
  return { messages };
}

async function missingIds(
  intent: PageIntent,
  rows: RowsById,
  records: AsyncIterable<LogRecord>,
  registry: SchemaRegistry,
): Promise<bigint[]> {
  const readers = new Map<number, IdReader | undefined>();
  const { missing } = await unsettled(
    expectedIds(intent, rows),
    withReaders(records, readers, rows.column, registry),
    intent.ends,
    ({ id }, record) => idOfRecord(record, rows, readers) === id,
  );
  return missing.map(({ id }) => id);
}

async function missingMessages(
  intent: PageIntent,
  messages: Messages,
  records: AsyncIterable<LogRecord>,
): Promise<Messages> {
  const same = (a: Buffer | null, b: Buffer | null) => (a === null || b === null ? a === b : a.equals(b));
  const { missing } = await unsettled(
    messages,
    records,
    intent.ends,
    (expected, { key, value }) => same(expected.key, key) && same(expected.value, value),
  );
  return missing;
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
function idOfRecord(
  { value }: LogRecord,
  { schema }: RowsById,
  readers: ReadonlyMap<number, IdReader | undefined>,
): bigint | undefined {
  const schemaId = value === null ? undefined : readWireHeader(value);
  if (value === null || schemaId === undefined || schemaId !== (schema ?? schemaId)) return undefined;
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

/** The records as they are, and how many of each partition have passed. */
function counted(records: AsyncIterable<LogRecord>, ends: readonly number[]) {
  const counts = ends.map(() => 0);
  const all = async function* (): AsyncGenerator<LogRecord> {
    for await (const record of records) {
      counts[record.partition] = (counts[record.partition] ?? 0) + 1;
      yield record;
    }
  };
  return { counts, all: all() };
}

/** A log that is shorter than it was is another log: what had landed cannot be told any more. */
function checkEnds(intent: PageIntent, now: readonly number[], table: string): void {
  const partition = intent.ends.findIndex((end, index) => (now[index] ?? -1) < end);
  if (partition < 0) return;
  throw undecided(
    'TOPIC_RECREATED',
    intent,
    table,
    `partition ${partition} ends at ${now[partition] ?? 'nothing'}, below ${intent.ends[partition]}: the topic was deleted and made anew. ` +
      'To read the table into it from the first row: connectless offsets reset.',
  );
}

function checkStarts(intent: PageIntent, starts: readonly number[], table: string): void {
  const partition = intent.ends.findIndex((end, index) => (starts[index] ?? 0) > end);
  if (partition < 0) return;
  throw undecided(
    'INTENT_EXPIRED',
    intent,
    table,
    `partition ${partition} begins at ${starts[partition]}, behind ${intent.ends[partition]}: what was written there is older than the topic's retention.`,
  );
}

/** Null keys are not compacted. An offset without a record may also be another producer's transaction marker, which looks the same. */
function checkGaps(intent: PageIntent, now: readonly number[], counts: readonly number[], table: string): void {
  const partition = intent.ends.findIndex((end, index) => (now[index] ?? end) - end > (counts[index] ?? 0));
  if (partition < 0) return;
  throw undecided(
    'TOPIC_COMPACTED',
    intent,
    table,
    `partition ${partition} has fewer records than offsets from ${intent.ends[partition]} to ${now[partition]}: compaction may have taken some of them.`,
  );
}

function undecided(code: string, intent: PageIntent, table: string, why: string): ConnectlessError {
  const { rows, topic, last } = intent;
  const which = 'ids' in rows ? `, ids ${rows.ids[0]} to ${rows.ids.at(-1)}` : '';
  const behind = Object.entries(last).map(([name, value]) => `${name} ${value}`);
  return new ConnectlessError(
    code,
    `Topic ${topic}: whether the ${rowCount(intent)} rows of a page of ${table} that was under way are in it${which} cannot be told: ${why} ` +
      `If they are, go on behind them (${behind.join(', ')}), else before them: connectless offsets set.`,
  );
}
