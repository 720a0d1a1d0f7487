// Mutated records through the whole sink over stores in memory: each is in a file as it came, or a dead letter with its error.

import { dataSchema } from '../../../src/convert/data-schema';
import { ConnectlessError, messageOf } from '../../../src/errors';
import type { VersionedRegistry } from '../../../src/registry/registry';
import type { DeadLetter } from '../../../src/sink/dead-letters/letter';
import { sinkFlush } from '../../../src/sink/flush';
import { rulesOf } from '../../../src/sink/open-rules';
import { sinkPartition } from '../../../src/sink/partition';
import type { SinkRecord } from '../../../src/sink/record';
import { type Sink, sinkOn } from '../../../src/sink/sink';
import { memoryState } from '../../../src/state/memory';
import { recordedMetrics } from '../../src/metrics/recorded';
import { sampleConfig, sampleSource } from '../../src/sink/sample';
import { memoryBucket } from '../memory-bucket';
import { type Random, random } from '../random';
import { envelope, plainJson } from './json-kinds';
import type { Kind } from './kind';
import { mutated } from './mutations';
import { fuzzedSchemas } from './schemas';
import { confluent, glue, glueId } from './wire-kinds';

/** Half of all are Confluent's, as in the world. */
const KINDS: ReadonlyArray<readonly [kind: Kind, share: number]> = [
  [confluent, 0.5],
  [glue, 0.15],
  [plainJson, 0.2],
  [envelope, 0.15],
];

export interface FuzzOutcome {
  readonly kind: string;
  readonly records: number;
  readonly written: number;
  readonly files: number;
  /** Dead letters by the error's code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds that a batch took, at most. */
  readonly slowest: number;
  readonly faults: readonly string[];
}

/** @param records of all kinds together */
export async function fuzz(records: number, seed: number): Promise<FuzzOutcome[]> {
  const outcomes: FuzzOutcome[] = [];
  for (const [index, [kind, share]] of KINDS.entries()) {
    outcomes.push(await fuzzKind(kind, Math.ceil(records * share), random(seed * KINDS.length + index)));
  }
  return outcomes;
}

interface World {
  readonly sink: Sink;
  readonly letters: Map<number, DeadLetter>;
  readonly files: ReadonlyMap<string, Buffer>;
}

async function fuzzKind(kind: Kind, count: number, chance: Random): Promise<FuzzOutcome> {
  const { sink, letters, files } = await world(kind);
  const values = Array.from({ length: count }, () => {
    const other = kind.original(chance).bytes;
    return mutated(kind.original(chance), chance, other, kind.tokens);
  });
  const faults: string[] = [];
  let slowest = 0;
  for (let from = 0; from < count; ) {
    const until = Math.min(count, from + chance.integer(1, MOST_AT_ONCE));
    const start = performance.now();
    try {
      await sinkPartition(
        sink,
        sampleSource,
        values.slice(from, until).map((value, index) => record(from + index, value)),
      );
    } catch (error) {
      faults.push(`offsets ${from} to ${until - 1}: ${messageOf(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - start);
    from = until;
  }
  await sinkFlush(sink, true);
  const judged = verdict(kind, values, letters, files);
  return {
    kind: kind.name,
    records: count,
    written: judged.written,
    files: files.size,
    refused: byCode(letters),
    slowest: Math.round(slowest),
    faults: [...faults, ...judged.faults],
  };
}

const MOST_AT_ONCE = 60;

function record(offset: number, value: Buffer): SinkRecord {
  return { offset, timestamp: 1_000 + offset, value: value.toString('base64') };
}

async function world({ converter, format }: Kind): Promise<World> {
  const letters = new Map<number, DeadLetter>();
  const bucket = memoryBucket({ smallestPart: sampleConfig.partSize, etags: 'md5' });
  const config = {
    ...sampleConfig,
    flushSize: 200,
    converters: { ...sampleConfig.converters, value: converter },
    formats: { value: format },
    nulls: { ...sampleConfig.nulls, behavior: 'ignore' as const },
    errors: {
      ...sampleConfig.errors,
      tolerance: 'all' as const,
      deadLetters: { topic: 'letters', replicationFactor: 1, contextHeaders: true },
    },
  };
  const deadLetters = {
    send: async (sent: readonly DeadLetter[]) => {
      for (const letter of sent) letters.set(Number(headerOf(letter, 'offset')), letter);
    },
  };
  const sink = sinkOn(config, memoryState(), bucket, () => registry, recordedMetrics(), { deadLetters });
  if (converter.kind !== 'glue') return { sink, letters, files: bucket.objects };
  const { roles } = await sinkOn(
    { ...config, converters: sampleConfig.converters },
    memoryState(),
    bucket,
    () => registry,
    recordedMetrics(),
  ).rules(sampleSource.topic);
  const formats = new Map(roles.map(({ config: of, format: loaded }) => [JSON.stringify(of), loaded]));
  const rules = rulesOf(config, { value: knownOfGlue, key: knownOfGlue }, roles, formats);
  return { sink: { ...sink, rules: async () => rules }, letters, files: bucket.objects };
}

const registry: VersionedRegistry = {
  register: () => Promise.reject(new Error('the sink registers nothing')),
  schemaById: async (id) => {
    const found = fuzzedSchemas[id - 1];
    if (found === undefined) throw new ConnectlessError('SCHEMA_NOT_FOUND', `Schema ${id} is not in the registry`);
    return found.text;
  },
  versionOf: async (_, id) => id,
};

const glueSchemas = new Map(
  fuzzedSchemas.map(({ text }, index) => [glueId(index + 1), dataSchema(text, { id: glueId(index + 1) })]),
);

function knownOfGlue(id: number | string) {
  return glueSchemas.get(String(id)) ?? new ConnectlessError('SCHEMA_NOT_FOUND', `Schema ${id} is not in the registry`);
}

function headerOf({ headers = [] }: DeadLetter, name: string): string | undefined {
  return headers.find(([of]) => of === `__connect.errors.${name}`)?.[1]?.toString();
}

function byCode(letters: ReadonlyMap<number, DeadLetter>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const letter of letters.values()) {
    const what = sentence(headerOf(letter, 'exception.message') ?? '');
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

/** The message without what differs from record to record. */
function sentence(message: string): string {
  return message
    .replace(/^.*?offset \d+: /, '')
    .replace(/[0-9a-f]+(-[0-9a-f]+){4}|\d+|"[^"]*"/g, '…')
    .slice(0, 110);
}

function verdict(
  kind: Kind,
  values: readonly Buffer[],
  letters: ReadonlyMap<number, DeadLetter>,
  files: ReadonlyMap<string, Buffer>,
): { readonly written: number; readonly faults: string[] } {
  const faults: string[] = [];
  for (const [offset, letter] of letters) {
    if (!letter.value?.equals(values[offset] ?? Buffer.alloc(0)))
      faults.push(`The letter of ${offset} holds other bytes`);
    if (!headerOf(letter, 'exception.message')) faults.push(`The letter of ${offset} does not say why`);
  }
  const written = values.map((_, offset) => offset).filter((offset) => !letters.has(offset));
  const byStart = [...files].map(([key, body]) => ({ key, body, start: Number(/\+(\d+)\.\w+$/.exec(key)?.[1]) }));
  byStart.sort((one, other) => one.start - other.start);
  if (written.length > 0 && byStart[0]?.start !== written[0])
    faults.push('The first file does not begin with the first record');
  for (const [index, { key, body, start }] of byStart.entries()) {
    const next = byStart[index + 1]?.start ?? values.length;
    const its = written.filter((offset) => offset >= start && offset < next);
    const fault = attempt(() =>
      kind.fileFault(
        body,
        its.map((offset) => values[offset] ?? Buffer.alloc(0)),
      ),
    );
    if (fault !== undefined) faults.push(`${key}: ${fault}`);
  }
  return { written: written.length, faults };
}

function attempt(judge: () => string | undefined): string | undefined {
  try {
    return judge();
  } catch (error) {
    return `the other reader fails: ${messageOf(error)}`;
  }
}
