// One event of 10,000 records through the sink's handler, and JSON.parse of the same event, which Lambda does before.
import { WIRE_HEADER_BYTES } from '../src/avro/wire';
import type { SinkConfig } from '../src/config/sink-model';
import type { TriggerEvent } from '../src/kafka/msk-event';
import { emfMetrics } from '../src/metrics/emf';
import { sinkEvent } from '../src/sink/event';
import { openRules } from '../src/sink/open-rules';
import { sinkOn } from '../src/sink/sink';
import type { Shape } from './record-shapes';
import { emptyState, eventOf, eventRecord, nowhere, registryOf, sinkConfig, valuesOf } from './sink-setup';
import { between, medians, now, type Took } from './took';

export const RECORDS = 10_000;
/** Rounds in which the compiler warms up. */
const WARM_UP = 10;

interface Round {
  /** Avro of a record, without its wire header. */
  readonly bytes: number;
  readonly parse: Took;
  readonly handler: Took;
  /** Of each round's handler over its JSON.parse. */
  readonly ratio: Took;
}

/** One event of one partition, as the trigger sends it. */
export function eventJson(shape: Shape): string {
  const encode = valuesOf(shape);
  const records = Array.from({ length: RECORDS }, (_, offset) => eventRecord(0, offset, encode(offset)));
  return JSON.stringify({ eventSource: 'aws:kafka', ...eventOf(records) });
}

/** The handler in a warm process; to each event the partition is new. */
export function handlerOf(config: SinkConfig, shape: Shape): (event: TriggerEvent) => Promise<void> {
  const registry = registryOf(shape);
  const rules = openRules(config, () => registry);
  // They are made as a function makes them, and not written: the rounds never end an invocation.
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const metrics = emfMetrics(config.name);
  return (event) => sinkEvent({ ...sinkOn(config, emptyState, nowhere, () => registry, metrics), ...rules }, event);
}

/** Medians. */
export async function sinkRounds(shape: Shape, rounds: number): Promise<Round> {
  const json = eventJson(shape);
  const handle = handlerOf(sinkConfig, shape);
  const parses: Took[] = [];
  const handlers: Took[] = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const start = now();
    const event: TriggerEvent = JSON.parse(json);
    const parsed = now();
    await handle(event);
    const done = now();
    if (round < WARM_UP) continue;
    parses.push(between(start, parsed));
    handlers.push(between(parsed, done));
  }
  const ratios = handlers.map(({ wall, cpu }, index) => ({
    wall: wall / (parses[index]?.wall ?? Number.NaN),
    cpu: cpu / (parses[index]?.cpu ?? Number.NaN),
  }));
  const encode = valuesOf(shape);
  const bytes = Array.from({ length: RECORDS }, (_, id) => encode(id).length - WIRE_HEADER_BYTES);
  return {
    bytes: bytes.reduce((sum, length) => sum + length, 0) / RECORDS,
    parse: medians(parses),
    handler: medians(handlers),
    ratio: medians(ratios),
  };
}
