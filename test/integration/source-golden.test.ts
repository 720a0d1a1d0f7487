// The recorded situations of Confluent's source: the same topics, schemas, keys, records and offsets; where ours are others, why.
import { describe, expect, test } from '@jest/globals';
import { WIRE_HEADER_BYTES } from '../../src/avro/wire';
import { type Difference, differences } from './source-golden/differences';
import { type Key, type Played, play } from './source-golden/play';
import { type Phase, type Situation, situations } from './source-golden/recorded';

describe('recorded situations', () => {
  test.concurrent.each(situations().map((situation) => [situation.name, situation] as const))(
    '%s',
    async (name, situation) => {
      const played = await play(situation);
      const difference = differences.get(name);
      if ('faults' in played) expect(played.faults.join('\n')).toMatch(difference?.faults ?? 'none is expected');
      else for (const phase of played) judge(situation, phase, played, difference);
    },
    120_000,
  );

  test('each difference is of a situation that there is, and has its reason', () => {
    const names = situations().map(({ name }) => name);
    for (const [name, { why }] of differences) expect([names.includes(name), why.length > 10]).toEqual([true, true]);
  });
});

function judge({ phases }: Situation, ours: Played, all: readonly Played[], difference: Difference | undefined): void {
  const phase = phases.find(({ name }) => name === ours.phase);
  const said = difference?.phases?.[ours.phase];
  if (said?.error === undefined) expect(ours.error).toBeUndefined();
  else expect(ours.error).toMatch(said.error);
  if (phase === undefined) return;
  const theirs = valuesOf(phase);
  const values = Object.fromEntries([...ours.topics].map(([topic, seen]) => [topic, masked(seen.values)]));
  if (said?.values !== undefined) {
    expect(values).not.toEqual(theirs);
    expect(values).toEqual(said.values);
    return;
  }
  expect(shortened(values, difference)).toEqual(theirs);
  for (const [topic, { schemas, messages }] of phase.topics) {
    const seen = ours.topics.get(topic);
    expect(seen?.schemas.at(-1)).toEqual(schemas.at(-1));
    expect(seen?.keys.slice(0, messages.length)).toEqual(messages.map(({ key }) => keyOf(key)));
  }
  checkOffsets(phase, ours, all);
}

/** Behind the registry's header, whose id is another here. The one recording with keys has the schema of an int4 there. */
function keyOf(hex: string | null): Key | null {
  return hex === null ? null : { schema: 'int', datum: hex.slice(2 * WIRE_HEADER_BYTES) };
}

/** Theirs commit late: what is recorded may be what was read a phase before. */
function checkOffsets({ offsets }: Phase, ours: Played, all: readonly Played[]): void {
  if (offsets.length === 0) return;
  const before = all[all.indexOf(ours) - 1];
  const found = [ours, ...(before === undefined ? [] : [before])].map((played) => played.offsets);
  for (const offset of offsets) {
    const ofTable = found.flatMap((all) => all.filter(({ partition }) => same(partition, offset.partition)));
    expect(ofTable.map((one) => masked([one.offset])).some((one) => same(one, masked([offset.offset])))).toBe(true);
  }
}

function same(a: unknown, b: unknown): boolean {
  const ordered = (value: unknown) => JSON.stringify(Object.entries(value ?? {}).sort());
  return Array.isArray(a) && Array.isArray(b) ? same(a[0], b[0]) : ordered(a) === ordered(b);
}

/** A bulk copy comes again and again, as long as one looks. */
function shortened(values: Record<string, unknown[]>, difference: Difference | undefined): Record<string, unknown[]> {
  const { first } = difference ?? {};
  if (first === undefined) return values;
  return Object.fromEntries(Object.entries(values).map(([topic, all]) => [topic, all.slice(0, first)]));
}

function valuesOf({ topics }: Phase): Record<string, unknown[]> {
  return Object.fromEntries(
    [...topics].map(([topic, { messages }]) => [topic, masked(messages.map(({ avro }) => plain(avro)))]),
  );
}

function plain(value: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, typeof field === 'number' ? String(field) : field]),
  );
}

/** Times of the day of the recording, or of today, cannot be the same again. */
const RECORDED_FROM = 1_760_000_000_000;

function masked(values: readonly unknown[]): unknown[] {
  const isToday = (value: unknown) => /^\d{13}$/.test(String(value)) && Number(value) > RECORDED_FROM;
  const text = JSON.stringify(values, (name, value) => {
    if (isToday(value)) return 'of that day';
    return name === 'timestamp_nanos' && value !== 123_999_000 ? 'of that day' : value;
  });
  return JSON.parse(text);
}
