// How far a partition has been copied: its state object, and which step a batch of its records asks for.
import { ConnectlessError, messageOf } from '../errors';
import type { Intent } from '../outbox/settle';

/** An input record, as far as the protocol is concerned. */
export interface Position {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

export interface Progress {
  /** What the input partition has below this offset is in the output topic. */
  readonly nextOffset: number;
  /** The farthest input record that was ever to be copied; an intent reaches from `nextOffset` to it. */
  readonly last: Position;
  readonly intent?: Intent;
}

export type Step<Record extends Position> =
  | { readonly kind: 'done' }
  /** Nothing of these has been produced before. */
  | { readonly kind: 'begin'; readonly records: readonly Record[] }
  /** The producer of an earlier invocation may still be at work until `time`, epoch milliseconds. */
  | { readonly kind: 'wait'; readonly time: number }
  /** Some of these may have landed: the topic's log says which. */
  | {
      readonly kind: 'resume';
      readonly records: readonly Record[];
      readonly progress: Progress;
      readonly intent: Intent;
    };

/**
 * A batch that begins behind the intent's last record settles it: the trigger delivers what follows only after it has
 * committed what went before.
 */
export function nextStep<Record extends Position>(
  progress: Progress | undefined,
  batch: readonly Record[],
  now: number,
  requestTimeoutMs: number,
): Step<Record> {
  const records = batch.filter(({ offset }) => offset >= (progress?.nextOffset ?? 0));
  const [first] = records;
  if (first === undefined) return { kind: 'done' };
  const intent = progress?.intent;
  if (progress === undefined || intent === undefined || first.offset > progress.last.offset) {
    return { kind: 'begin', records };
  }
  const time = intent.until + requestTimeoutMs;
  return now < time ? { kind: 'wait', time } : { kind: 'resume', records, progress, intent };
}

/** The records are about to leave. With the progress of an earlier attempt at them, its intent's farther records stay in it. */
export function intended(records: readonly Position[], intent: Intent, earlier?: Progress): Progress {
  const first = records.at(0);
  const last = records.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('an intent is of one record at least');
  const farthest = earlier !== undefined && earlier.last.offset > last.offset ? earlier.last : position(last);
  return { nextOffset: first.offset, last: farthest, intent };
}

/**
 * Everything up to this record is in the output topic. If the intent reached farther, its rest may have landed too: at
 * or behind `ends`, and with nobody at work on it any more.
 */
export function copiedUpTo(record: Position, progress: Progress, owner: string, ends: readonly number[]): Progress {
  const nextOffset = record.offset + 1;
  if (progress.last.offset <= record.offset) return { nextOffset, last: position(record) };
  return { nextOffset, last: progress.last, intent: { owner, until: 0, ends } };
}

/** Its producer has given up: only what it already sent may still land. */
export function abandoned(progress: Progress, now: number): Progress {
  return progress.intent === undefined ? progress : { ...progress, intent: { ...progress.intent, until: now } };
}

function position({ offset, timestamp }: Position): Position {
  return { offset, timestamp };
}

export function progressKey(connector: string, topic: string, partition: number): string {
  return `processor/${connector}/${topic}/${partition}`;
}

const VERSION = 1;

/** `{"version":1,"nextOffset":10,"last":{"offset":19,"timestamp":1700000000000},"intent":{"owner","until","ends":[5,7]}}` */
export function printProgress(progress: Progress): Buffer {
  return Buffer.from(JSON.stringify({ version: VERSION, ...progress }));
}

/** Throws PROGRESS_INVALID, naming the object. */
export function parseProgress(body: Buffer, key: string): Progress {
  try {
    const { version, nextOffset, last, intent } = JSON.parse(body.toString());
    if (version !== VERSION) throw new Error(`it has version ${version}, this program reads ${VERSION}`);
    return {
      nextOffset: number(nextOffset, 'nextOffset'),
      last: { offset: number(last?.offset, 'last.offset'), timestamp: number(last?.timestamp, 'last.timestamp') },
      ...(intent === undefined ? {} : { intent: parseIntent(intent) }),
    };
  } catch (cause) {
    throw new ConnectlessError(
      'PROGRESS_INVALID',
      `State object ${key} is no progress of this program: ${messageOf(cause)}. Restore it, or remove it to copy whatever the trigger delivers.`,
      { cause },
    );
  }
}

function parseIntent({ owner, until, ends }: Readonly<Record<string, unknown>>): Intent {
  if (typeof owner !== 'string') throw new Error('intent.owner is no string');
  if (!Array.isArray(ends)) throw new Error('intent.ends is no array');
  return { owner, until: number(until, 'intent.until'), ends: ends.map((end) => number(end, 'intent.ends')) };
}

function number(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new Error(`${name} is no integer`);
}
