// The recorded situations: what Confluent's source was given, and what it did.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface RecordedTopic {
  /** The last one is that of the last messages. */
  readonly schemas: readonly unknown[];
  readonly messages: ReadonlyArray<{ readonly key: string | null; readonly avro: Readonly<Record<string, unknown>> }>;
}

export interface Phase {
  readonly name: string;
  /** Run before it. */
  readonly sql: readonly string[];
  /** By the part of their names behind `p3c.CASE.`. */
  readonly topics: ReadonlyMap<string, RecordedTopic>;
  readonly hasFailed: boolean;
  /** Connect's JSON. */
  readonly offsets: ReadonlyArray<{ readonly partition: object; readonly offset: object }>;
}

export interface Situation {
  readonly name: string;
  readonly setup: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  /** The status of the request that creates the connector. */
  readonly status: number;
  readonly phases: readonly Phase[];
}

const FOLDER = join(__dirname, '../../fixtures/golden/source');

export function situations(): Situation[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && !file.startsWith('types-'))
    .map((file) => situation(file.slice(0, -'.json'.length)));
}

function situation(name: string): Situation {
  const { setup, connector_config, create_http, ...phases } = JSON.parse(exactIntegers(name));
  return {
    name,
    setup,
    config: connector_config,
    status: create_http[0],
    phases: Object.entries(phases).flatMap(([phase, seen]) => (seen ? [phaseOf(name, phase, seen as Seen)] : [])),
  };
}

/** What no number of JSON is, or what it does not hold, as a string. */
function exactIntegers(name: string): string {
  const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  return text.replace(/(?<=": ?)(-?\d{16,}|NaN|-?Infinity)(?=\s*[,}\]])/g, (value) => `"${value}"`);
}

interface Seen {
  readonly sql?: readonly string[];
  readonly topics?: Readonly<Record<string, RecordedTopic>>;
  readonly tasks?: ReadonlyArray<{ readonly state: string }>;
  readonly offsets?: { readonly offsets?: Phase['offsets'] };
}

function phaseOf(name: string, phase: string, seen: Seen): Phase {
  const short = (topic: string) => topic.slice(`p3c.${name}.`.length);
  return {
    name: phase,
    sql: seen.sql ?? [],
    topics: new Map(Object.entries(seen.topics ?? {}).map(([topic, recorded]) => [short(topic), recorded])),
    hasFailed: (seen.tasks ?? []).some(({ state }) => state === 'FAILED'),
    offsets: seen.offsets?.offsets ?? [],
  };
}
