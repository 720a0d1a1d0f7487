import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { environment } from '../environment';
import { theirDeadLetters } from './dead-letters';
import { differences } from './differences';
import { type Outcome, theirs } from './outcome';
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
  const ofOutcome = expected && [expected.state, Object.keys(expected.files).sort(), sorted(expected.committed)];
  return JSON.stringify(ofOutcome) === JSON.stringify([state, keys, sorted(committed)]);
}

function sorted(offsets: Readonly<Record<string, number>>) {
  return Object.entries(offsets).sort(([one], [other]) => (one < other ? -1 : 1));
}

function resultOf(name: string): Replayed {
  const result = replayed.get(name);
  if (result === undefined || result instanceof Error) throw result?.cause ?? new Error(`${name} is no case`);
  return result;
}

beforeAll(async () => {
  process.env.AWS_ENDPOINT_URL_S3 = environment().s3Endpoint;
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  replayed = await replayAll(cases, isAsExpected);
});

describe("the sink does what Confluent's own sink did", () => {
  test.each(cases.map((recorded) => [recorded.name, recorded] as const))('%s', (name, recorded) => {
    const { outcomes, deadLetters, why } = resultOf(name);
    const expected = expectation(recorded);
    // The reason is compared so that it is printed beside a difference.
    const reason = expected.at(-1)?.state === outcomes.at(-1)?.state ? undefined : why;
    expect({ outcomes, reason }).toEqual({ outcomes: expected, reason: undefined });
    expect(deadLetters).toEqual(differences[name]?.deadLetters ?? theirDeadLetters(recorded) ?? deadLetters);
  });
});

describe('deliberate differences', () => {
  test.each(Object.entries(differences))('%s still differs', (name) => {
    const recorded = cases.find((one) => one.name === name);
    if (recorded === undefined) throw new Error(`${name} is no case`);
    const { outcomes, deadLetters } = resultOf(name);
    const [ours, other] = [
      { outcomes, deadLetters },
      { outcomes: theirs(recorded), deadLetters: theirDeadLetters(recorded) ?? deadLetters },
    ];
    expect(ours).not.toEqual(other);
  });

  test("a file has the writer's schema verbatim, where Connect prints one of its own", () => {
    const their = cases.flatMap(({ result }) => Object.values(result?.files ?? {}).map(({ schema }) => schema));
    const our = cases.flatMap(({ name }) => {
      const result = replayed.get(name);
      const outcomes = result === undefined || result instanceof Error ? [] : result.outcomes;
      return outcomes.flatMap(({ files }) => Object.values(files).map(({ schema }) => schema));
    });
    expect(their.filter((schema) => schema?.includes('connect.version')).length).toBeGreaterThan(0);
    expect(our.filter((schema) => schema?.includes('connect.parameters'))).toEqual([]);
  });
});
