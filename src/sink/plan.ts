// What a partition's records do to its state and files: decided from them alone, wherever the log was cut into batches.
import type { Skip } from '../avro/skipper';
import type { SinkConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import { type BlockBuffer, keep, stage } from './blocks';
import { type Draft, draftOf, type FullParts, fileFor, nextStateOf, recordKept } from './draft';
import type { TopicPartition } from './object-key';
import type { PartitionState } from './partition-state';

/** One record of an MSK event. */
export interface SinkRecord {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Base64. */
  readonly value?: string | null;
}

/** A schema that records were written with. */
export interface WriterSchema {
  readonly id: number;
  /** As it was registered. */
  readonly text: string;
  /** Walks one datum. */
  readonly skip: Skip;
}

/** A schema by its id: why it cannot be had, or undefined when nobody has asked the registry yet. */
export type KnownSchemas = (id: number) => WriterSchema | ConnectlessError | undefined;

export type Plan = NeedsSchema | PlannedState;

/** Ask the registry, then plan again. */
interface NeedsSchema {
  readonly needs: number;
}

export interface PlannedState {
  /** What to write; undefined when nothing has changed. Uploads of `parts` that are not there yet are to be added. */
  readonly state?: PartitionState;
  /** To upload before the state is written, by file. */
  readonly parts: readonly FullParts[];
  /** Why the partition cannot go on behind what `state` holds. */
  readonly stopped?: ConnectlessError;
}

export interface PlanInput {
  readonly source: TopicPartition;
  /** The state's, for messages. */
  readonly stateKey: string;
  /** Undefined before the first record. */
  readonly state: PartitionState | undefined;
  /** Ascending by offset. */
  readonly records: readonly SinkRecord[];
  readonly schemas: KnownSchemas;
  readonly config: SinkConfig;
}

/** Takes records until one cannot be written, or needs a schema. */
export function planRecords(input: PlanInput): Plan {
  const draft = draftOf(input);
  for (const record of input.records) {
    const outcome = isDuplicate(draft, record) ? checkDuplicate(draft, input, record) : take(draft, input, record);
    if (outcome === undefined) continue;
    if (typeof outcome === 'number') return { needs: outcome };
    return planned(draft, input.state, outcome);
  }
  return planned(draft, input.state);
}

/** Puts the record into its file; answers the id of a schema that it needs first, or why it cannot be written. */
function take(draft: Draft, input: PlanInput, record: SinkRecord): number | ConnectlessError | undefined {
  if (typeof record.value !== 'string') return refused(input, record, 'NULL_VALUE', NULL_VALUE);
  const block = draft.staging;
  const schemaId = stage(block, record.value);
  if (schemaId === 'not-base64') return refused(input, record, 'EVENT_NOT_BASE64', NOT_BASE64);
  if (schemaId === 'no-wire-format') return refused(input, record, 'NO_WIRE_FORMAT', NO_WIRE_FORMAT);
  const schema = input.schemas(schemaId);
  if (schema === undefined) return schemaId;
  if (schema instanceof ConnectlessError) return withoutSchema(input, record, schema);
  const fault = datumFault(schema, block);
  if (fault !== undefined) return refused(input, record, 'BROKEN_DATUM', `${brokenDatum(schemaId)} ${fault}`);

  const file = fileFor(draft, schema, record);
  keep(block, file.block);
  recordKept(draft, file, record);
  return undefined;
}

/** Undefined when the staged bytes are one whole datum of the schema. */
function datumFault(schema: WriterSchema, { bytes, stagedStart, stagedEnd }: BlockBuffer): string | undefined {
  try {
    const end = schema.skip(bytes, stagedStart, stagedEnd);
    if (end === stagedEnd) return undefined;
    return end < 0 ? 'The datum is truncated or malformed.' : `${stagedEnd - end} bytes are left behind the datum.`;
  } catch (error) {
    return messageOf(error);
  }
}

function isDuplicate(draft: Draft, record: SinkRecord): boolean {
  return draft.last !== undefined && record.offset <= draft.last.offset;
}

/** A record that is dropped must be one that was taken: the first and the last ones are known by their timestamps. */
function checkDuplicate({ first, last }: Draft, input: PlanInput, record: SinkRecord): ConnectlessError | undefined {
  const taken = [first, last].find((seen) => seen?.offset === record.offset);
  const isOther = taken !== undefined && taken.timestamp !== record.timestamp;
  const isBefore = first !== undefined && record.offset < first.offset;
  if (!isOther && !isBefore) return undefined;
  const why = isOther
    ? 'another record was taken at this offset before'
    : `the first record that was ever taken is at offset ${first?.offset}`;
  return refused(
    input,
    record,
    'TOPIC_RECREATED',
    `${why}, so the topic was deleted and created anew, or its consumer group was set back. Nothing was dropped. To read ` +
      `the topic as a new one, move its files away (or set another topics.dir) and delete the state object ` +
      `"${input.stateKey}".`,
  );
}

function planned(draft: Draft, before: PartitionState | undefined, stopped?: ConnectlessError): PlannedState {
  const { state, parts } = nextStateOf(draft);
  const hasChanged = state !== undefined && state.last.offset !== before?.last.offset;
  return { ...(hasChanged ? { state } : {}), parts, ...(stopped === undefined ? {} : { stopped }) };
}

const NULL_VALUE =
  'its value is null, which an Avro file cannot hold (behavior.on.null.values=fail). Keep tombstones out of the topic.';
const NOT_BASE64 = 'its value in the event is not base64, as an MSK event has it.';
const NO_WIRE_FORMAT =
  "its value is not Avro in the schema registry's wire format (a zero byte and a schema id). Produce it with " +
  'value.converter=io.confluent.connect.avro.AvroConverter, or with an Avro serializer.';
const brokenDatum = (id: number) => `its value is not one whole datum of its schema, id ${id}.`;

function refused({ source }: PlanInput, { offset }: SinkRecord, code: string, what: string): ConnectlessError {
  return new ConnectlessError(code, `Topic ${source.topic}, partition ${source.partition}, offset ${offset}: ${what}`);
}

function withoutSchema({ source }: PlanInput, { offset }: SinkRecord, cause: ConnectlessError): ConnectlessError {
  return new ConnectlessError(
    cause.code,
    `Topic ${source.topic}, partition ${source.partition}, offset ${offset}: ${cause.message}`,
    { retryable: cause.retryable, cause },
  );
}
