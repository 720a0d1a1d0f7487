// What a partition's records do to its state and files: decided from them alone, wherever the log was cut into batches.
import { ConnectlessError } from '../errors';
import { closeAll, type Draft, draftOf, type FullParts, nextStateOf } from './draft';
import { type Need, neededFor } from './need';
import type { TopicPartition } from './object-key';
import type { PartitionState } from './partition-state';
import type { Fault, SinkRecord } from './record';
import { locatedError } from './refuse';
import { closesByClock } from './rotation';
import type { Rules } from './rules';
import { take } from './take';

export type Plan = NeedsMore | PlannedState;

/** Get it, then plan again. */
interface NeedsMore {
  readonly needs: Need;
}

export interface PlannedState {
  /** What to write; undefined when nothing has changed. Uploads of `parts` that are not there yet are to be added. */
  readonly state?: PartitionState;
  /** To upload before the state is written, by file. */
  readonly parts: readonly FullParts[];
  /** Records that cannot be written and are passed over, to be reported before the state is written. */
  readonly faults: readonly Fault[];
  /** Null values that are passed over. */
  readonly ignored: readonly SinkRecord[];
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
  /** The wall clock, epoch milliseconds. */
  readonly now: number;
  readonly rules: Rules;
  /** Closes everything that is open, whatever the rules say. */
  readonly closeAll?: boolean;
}

/** Closes what the clock says is due, then takes records until one cannot be written, or needs something first. */
export function planRecords(input: PlanInput): Plan {
  const { source, state, records, now, rules } = input;
  const needed = neededFor(state, rules);
  if (needed instanceof ConnectlessError) return { parts: [], faults: [], ignored: [], stopped: needed };
  if (needed !== undefined) return { needs: needed };
  const draft = draftOf(source, rules, state, now);
  if (draft.since !== undefined && (input.closeAll === true || closesByClock(rules.config, draft.since, now))) {
    closeAll(draft);
  }
  for (const record of records) {
    const outcome = isDuplicate(draft, record) ? checkDuplicate(draft, input.stateKey, record) : take(draft, record);
    if (outcome === undefined) continue;
    return outcome instanceof ConnectlessError ? planned(draft, outcome) : { needs: outcome };
  }
  return planned(draft);
}

function isDuplicate({ last }: Draft, record: SinkRecord): boolean {
  return last !== undefined && record.offset <= last.offset;
}

/** A record that is dropped must be one that was seen: the first and the last ones are known by their timestamps. */
function checkDuplicate(draft: Draft, stateKey: string, record: SinkRecord): ConnectlessError | undefined {
  const { first, last } = draft;
  const taken = [first, last].find((seen) => seen?.offset === record.offset);
  const isOther = taken !== undefined && taken.timestamp !== record.timestamp;
  const isBefore = first !== undefined && record.offset < first.offset;
  if (!isOther && !isBefore) return undefined;
  const why = isOther
    ? 'another record was taken at this offset before'
    : `the first record that was ever taken is at offset ${first?.offset}`;
  const what =
    `${why}, so the topic was deleted and created anew, or its consumer group was set back. Nothing was dropped. To read ` +
    'the topic as a new one, close what is open of the old one (connectless flush), move its files away (or set another ' +
    `topics.dir) and delete the state object "${stateKey}".`;
  return locatedError(draft, record, new ConnectlessError('TOPIC_RECREATED', what));
}

function planned(draft: Draft, stopped?: ConnectlessError): PlannedState {
  const { state, parts } = nextStateOf(draft);
  const { faults, ignored } = draft;
  return {
    ...(state === undefined || !draft.changed ? {} : { state }),
    parts,
    faults,
    ignored,
    ...(stopped === undefined ? {} : { stopped }),
  };
}
