// The recorded cases: a configuration of Confluent's sink, its records, and what became of them (test/fixtures/golden/sink).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../local/servers/parts';

export interface RecordedRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly ts: number;
  /** Hex. */
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: ReadonlyArray<readonly [name: string, value: string | null]>;
}

/** An Avro file's records as fastavro reads them; of Parquet their number; another file's text, of JSON or a character for each byte. */
export interface RecordedFile {
  readonly codec?: string;
  readonly schema?: string;
  readonly records?: readonly unknown[];
  readonly count?: number;
  readonly text?: string;
  readonly gunzipped_size?: number;
}

export interface RecordedResult {
  readonly tasks: ReadonlyArray<{ readonly state: string; readonly error?: readonly string[] }>;
  readonly files: Readonly<Record<string, RecordedFile>>;
  /** By `topic-partition`: where the task would go on. */
  readonly committed: Readonly<Record<string, number>>;
  readonly open_uploads: number;
}

interface RecordedDeadLetter {
  readonly offset: number;
  readonly partition: number;
  readonly key: { readonly bytes_hex: string } | null;
  readonly value: { readonly bytes_hex: string } | null;
  readonly headers: readonly unknown[];
}

export interface RecordedCase {
  readonly name: string;
  readonly connector: Readonly<Record<string, string>>;
  /** With their number of partitions. */
  readonly topics: Readonly<Record<string, number>>;
  readonly records: Readonly<Record<string, readonly RecordedRecord[]>>;
  /** By id; one that the registry did not know has no text. */
  readonly schemas: Readonly<Record<string, { readonly schema?: string }>>;
  /** Status of the request that created the connector, and the answer. */
  readonly create: readonly [number, unknown];
  readonly ends_before_first_result: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Null: the connector was not created. */
  readonly result: RecordedResult | null;
  /** What was in the topic of dead letters at the end. */
  readonly extra?: readonly RecordedDeadLetter[];
  /** False: the topic held more than the records that are listed. */
  readonly replayable?: boolean;
}

/** A result, and what was done before it: nothing before the first. */
export interface Step {
  readonly what?: string;
  readonly result: RecordedResult;
}

const folder = join(projectRoot, 'test/fixtures/golden/sink');

export function recordedCases(): RecordedCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** The first result, then `step1`, `step2`, … */
export function stepsOf(recorded: RecordedCase): Step[] {
  if (recorded.result === null) return [];
  const further = Object.entries(recorded)
    .filter(([name]) => /^step\d+$/.test(name))
    .sort(([one], [other]) => Number(one.slice(4)) - Number(other.slice(4)))
    .map(([, step]) => ({ what: String(step.what), result: step as RecordedResult }));
  return [{ result: recorded.result }, ...further];
}
