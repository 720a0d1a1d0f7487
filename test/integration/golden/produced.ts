// Which of a case's records were produced before which of its results.
import type { Message } from '../../../src/kafka/topic-log';
import { type RecordedCase, type RecordedRecord, stepsOf } from './recorded-case';

type ByTopic = ReadonlyArray<readonly [topic: string, records: readonly RecordedRecord[]]>;

interface Produced {
  readonly records: ByTopic;
  /** How long after the records before, by their timestamps. */
  readonly laterMs: number;
}

// A step was taken minutes after the one before at most; further apart are timestamps that were made up.
const LONGEST_PAUSE_MS = 3_600_000;

export function recordsOfSteps(recorded: RecordedCase): Produced[] {
  const { records, ends_before_first_result: ends } = recorded;
  const first = Object.entries(records).map(
    ([topic, all]) => [topic, all.filter(({ partition, offset }) => offset < (ends[topic]?.[partition] ?? 0))] as const,
  );
  const rest = Object.entries(records).flatMap(([topic, all]) =>
    all
      .filter(({ partition, offset }) => offset >= (ends[topic]?.[partition] ?? 0))
      .map((record) => ({ topic, record })),
  );
  const produced: Produced[] = [{ records: first, laterMs: 0 }];
  let latest = Math.max(...first.flatMap(([, all]) => all.map(({ ts }) => ts)));
  for (const { what = '' } of stepsOf(recorded).slice(1)) {
    const taken = rest.splice(0, countOf(what));
    const pause = (taken[0]?.record.ts ?? latest) - latest;
    latest = Math.max(latest, ...taken.map(({ record }) => record.ts));
    const records = taken.map(({ topic, record }) => [topic, [record]] as const);
    produced.push({ records, laterMs: pause > 0 && pause < LONGEST_PAUSE_MS ? pause : pauseOf(what) });
  }
  return produced;
}

/** Of a step like `produce 3 more records`; any other one is waited for. */
function countOf(what: string): number {
  return Number(/produce (\d+)/.exec(what)?.[1] ?? 0);
}

/** Of a step like `wait 12 s`. */
function pauseOf(what: string): number {
  return 1_000 * Number(/(\d+) ?s(ec|$|\b)/.exec(what)?.[1] ?? 0);
}

export function messageOf({ partition, ts, key, value, headers }: RecordedRecord): Message {
  return {
    partition,
    timestamp: ts,
    key: bytesOf(key),
    value: bytesOf(value),
    headers: headers.map(([name, bytes]) => [name, bytesOf(bytes)]),
  };
}

function bytesOf(hex: string | null): Buffer | null {
  return hex === null ? null : Buffer.from(hex, 'hex');
}
