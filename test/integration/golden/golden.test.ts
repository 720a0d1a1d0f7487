import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { logger } from '../../../src/log';
import { environment } from '../environment';
import { theirDeadLetters } from './dead-letters';
import { differences } from './differences';
import { type Outcome, theirs } from './outcome';
import { reasons } from './reasons';
import { type RecordedCase, recordedCases } from './recorded-case';
import type { Seen } from './replay';
import { type Replayed, replayAll } from './replays';

jest.setTimeout(180_000);

const cases = recordedCases().filter(({ replayable }) => replayable !== false);
let replayed: ReadonlyMap<string, Replayed | Error>;

function expectation(recorded: RecordedCase): Outcome[] {
  const steps = theirs(recorded);
  const last = { ...steps.at(-1), ...differences[recorded.name]?.ours } as Outcome;
  return last.state === 'REFUSED' ? [last] : [...steps.slice(0, -1), last];
}

/** What can be seen without reading the files. */
function isAsExpected(recorded: RecordedCase, step: number, { state, keys, committed }: Seen): boolean {
  const expected = expectation(recorded)[step];
  if (expected === undefined || expected.state !== state) return false;
  const form = (files: readonly string[], offsets: Outcome['committed']) =>
    JSON.stringify([[...files].sort(), Object.entries(offsets).sort(([one], [other]) => (one < other ? -1 : 1))]);
  return state === 'FAILED' || form(keys, committed) === form(Object.keys(expected.files), expected.committed);
}

/**
 * A difference of every case that fails: Connect's task drops the whole batch that a record fails in; ours has the records
 * before that one in their files.
 */
function withoutBeforeFailure(our: Outcome, their: Outcome | undefined): Outcome {
  if (our.state !== 'FAILED' || their?.state !== 'FAILED') return our;
  return { ...our, files: only(our.files, their.files), committed: only(our.committed, their.committed) };
}

function only<Value>(members: Readonly<Record<string, Value>>, names: object): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name in names));
}

function resultOf(name: string): Replayed {
  const result = replayed.get(name);
  if (result === undefined || result instanceof Error) throw result?.cause ?? new Error(`${name} is no case`);
  return result;
}

beforeAll(async () => {
  process.env.AWS_ENDPOINT_URL_S3 = environment().s3Endpoint;
  jest.spyOn(logger, 'error').mockReturnValue();
  replayed = await replayAll(cases, isAsExpected);
});

describe("the sink does what Confluent's own sink did", () => {
  test.each(cases.map((recorded) => [recorded.name, recorded] as const))('%s', (name, recorded) => {
    const { outcomes, deadLetters, why } = resultOf(name);
    const expected = expectation(recorded);
    const compared = outcomes.map((outcome, step) => withoutBeforeFailure(outcome, expected[step]));
    // It is printed beside a difference.
    const reason = expected.at(-1)?.state === outcomes.at(-1)?.state ? undefined : why;
    expect({ outcomes: compared, reason }).toEqual({ outcomes: expected, reason: undefined });
    expect(deadLetters).toEqual(differences[name]?.deadLetters ?? theirDeadLetters(recorded) ?? deadLetters);
  });
});

test.each(Object.entries(reasons))('%s does not run, and the reason names %s', (name, reason) => {
  expect(resultOf(name).why).toContain(reason);
});

describe('deliberate differences', () => {
  test.each(Object.entries(differences).map(([name, { reason }]) => [name, reason]))('%s still differs: %s', (name) => {
    const recorded = cases.find((one) => one.name === name);
    if (recorded === undefined) throw new Error(`${name} is no case`);
    const { outcomes, deadLetters } = resultOf(name);
    const other = { outcomes: theirs(recorded), deadLetters: theirDeadLetters(recorded) ?? deadLetters };
    expect({ outcomes, deadLetters }).not.toEqual(other);
  });

  test("a file has the writer's schema verbatim, where Connect prints one of its own", () => {
    const their = cases.flatMap(({ result }) => Object.values(result?.files ?? {}).map(({ schema }) => schema));
    const our = [...replayed.values()].flatMap((result) => (result instanceof Error ? [] : result.outcomes));
    const ourSchemas = our.flatMap(({ files }) => Object.values(files).map(({ schema }) => schema));
    expect(their.some((schema) => schema?.includes('io.confluent.connect.avro.Enum'))).toBe(true);
    expect(ourSchemas.some((schema) => schema?.includes('io.confluent.connect.avro.Enum'))).toBe(false);
  });

  test('the records before the one that fails are in their files', () => {
    const name = 'tolerance_none_truncated';
    const [outcome] = resultOf(name).outcomes;
    const committed = cases.find((recorded) => recorded.name === name)?.result?.committed;
    expect(committed).toEqual({});
    expect(outcome?.committed).toEqual({ [`g-${name}-0`]: 3 });
    expect(Object.values(outcome?.files ?? {}).map(({ records }) => records?.length)).toEqual([3]);
  });
});
