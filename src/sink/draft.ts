// A partition's state while records are put into it: files that grow, complete ones, parts that have filled up.
import type { FormatConfig } from '../config/sink-model';
import { type BlockBuffer, blockBuffer } from './blocks';
import type { FileFormat } from './format/format';
import { objectKey, type TopicPartition } from './object-key';
import {
  bytesIn,
  type CompleteFile,
  type FileBytes,
  type OpenFile,
  type PartitionState,
  type Role,
  type Seen,
} from './partition-state';
import type { Fault, SinkRecord } from './record';
import type { Fill } from './rotation';
import type { Row } from './row';
import type { Rules } from './rules';
import { addTo, complete, openStream, resumeStream, type Stream, sizeSoFar, stored } from './stream';

/** Full parts of one file, in order. */
export interface FullParts {
  readonly file: FileBytes;
  readonly bodies: readonly Buffer[];
}

/** A file that records were added to. */
export interface DraftFile {
  readonly directory: string;
  readonly startOffset: number;
  endOffset: number;
  records: number;
  readonly streams: readonly Stream[];
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

export interface Draft {
  readonly source: TopicPartition;
  readonly rules: Rules;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Perhaps the record itself: a copy of each would be garbage beside an event that fills the young generation. */
  first: Seen | undefined;
  last: Seen | undefined;
  /** By slot; as the state has them until a record needs them. */
  readonly open: Map<string, OpenFile | DraftFile>;
  /** In the open files: records, and bytes that are in no part yet. */
  records: number;
  waiting: number;
  since: Mutable<NonNullable<PartitionState['since']>> | undefined;
  /** Complete, also since before this batch. */
  readonly closing: CompleteFile[];
  readonly parts: FullParts[];
  /** Where the next value is decoded: the block that it probably belongs to. */
  staging: BlockBuffer;
  /** Of closed files. */
  readonly spare: BlockBuffer[];
  readonly faults: Fault[];
  /** Null values that are to leave no trace. */
  readonly ignored: SinkRecord[];
  /** Open files were begun under another configuration, with which they cannot go on: the next record closes them. */
  isStale: boolean;
  changed: boolean;
}

export function draftOf(source: TopicPartition, rules: Rules, state: PartitionState | undefined, now: number): Draft {
  const open = state?.open ?? [];
  const staging = blockBuffer();
  return {
    source,
    rules,
    now,
    first: state?.first,
    last: state?.last,
    open: new Map(open.map((file) => [slotOf(file), file])),
    records: open.reduce((sum, { records }) => sum + records, 0),
    waiting: open.reduce((sum, { streams }) => sum + bytesWaiting(streams), 0),
    since: state?.since && { ...state.since },
    closing: [...(state?.closing ?? [])],
    parts: [],
    staging,
    spare: [staging],
    faults: [],
    ignored: [],
    isStale: open.some((file) => !isAsConfigured(file, rules)),
    changed: false,
  };
}

function bytesWaiting(streams: OpenFile['streams']): number {
  return streams.reduce((sum, { tail, block }) => sum + bytesIn(tail) + block.datums.length, 0);
}

/** The same format and siblings; and versions, where they are to be compared from now on. */
function isAsConfigured({ streams }: OpenFile, { roles, config }: Rules): boolean {
  const [first] = streams;
  const hasValue = first?.role === 'value';
  const wanted = hasValue ? roles : roles.filter(({ role }) => role !== 'value');
  if (streams.length !== wanted.length) return false;
  if (streams.some(({ format }, index) => format.id !== wanted[index]?.format.id)) return false;
  if (config.compatibility === 'NONE' || !hasValue || first.schema === undefined) return true;
  // What the state says: what this process happens to know of the registry must not decide where a file ends.
  return first.schema.version !== undefined;
}

/** Null values have files of their own, whatever their directory is called. */
export function slot(directory: string, hasValue: boolean): string {
  return hasValue ? directory : `\0${directory}`;
}

function slotOf({ directory, streams: [first] }: OpenFile): string {
  return slot(directory, first?.role === 'value');
}

/** The open file of a slot, ready to take records. */
export function fileIn(draft: Draft, key: string): DraftFile | undefined {
  const file = draft.open.get(key);
  if (file === undefined || isDraft(file)) return file;
  const resumed = resume(draft, file);
  draft.open.set(key, resumed);
  return resumed;
}

function isDraft(file: OpenFile | DraftFile): file is DraftFile {
  const [first] = file.streams;
  return first !== undefined && 'identity' in first;
}

function resume({ source, rules }: Draft, file: OpenFile): DraftFile {
  const streams = file.streams.map((stream) => {
    const schema = stream.schema === undefined ? undefined : rules.storedSchema(stream.role, stream.schema);
    const identity = { ...source, startOffset: file.startOffset, schema };
    return resumeStream(stream, identity, loadedFormat(rules, stream.format.config));
  });
  return { ...file, streams };
}

/** `neededFor` has asked for it before the plan began. */
function loadedFormat({ format }: Rules, config: FormatConfig): FileFormat {
  const loaded = format(config);
  if (loaded === undefined) throw new TypeError(`The format ${config.kind} is not loaded`);
  return loaded;
}

/** Adds a row to the open file of its slot, which is opened when there is none; counts it as seen. */
export function addRow(draft: Draft, open: DraftFile | undefined, row: Row): DraftFile {
  const file = open ?? openFile(draft, row);
  for (const stream of file.streams) {
    const data = row.encoded[stream.base.role];
    if (data !== undefined) draft.waiting += addTo(stream, data);
  }
  file.records += 1;
  file.endOffset = row.record.offset;
  draft.records += 1;
  const { timestamp, directory } = row.place;
  draft.since ??= { openedAt: draft.now, takenAt: draft.now, directory };
  draft.since.takenAt = draft.now;
  draft.since.directory = directory;
  if (timestamp !== undefined) draft.since.baseTimestamp ??= timestamp;
  draft.staging = file.streams[0]?.block ?? draft.staging;
  see(draft, row.record);
  return file;
}

/** After a record for this file, whose size is that of its first stream, the values' where it has one. */
export function fillOf({ records, waiting }: Draft, { streams: [first] }: DraftFile): Fill {
  if (first === undefined) return { records, waiting, bytes: 0, fullParts: 0 };
  return { records, waiting, bytes: sizeSoFar(first), fullParts: first.fullParts };
}

function openFile(draft: Draft, { slot: key, place: { directory }, record, data }: Row): DraftFile {
  const { source, rules } = draft;
  const { offset: startOffset, timestamp: firstTimestamp } = record;
  const streams = rules.roles
    .filter(({ role }) => data[role] !== undefined)
    .map(({ role, format, config }) => {
      const identity = { ...source, startOffset, schema: data[role]?.schema };
      const key = objectKey(rules.config, source, directory, { startOffset, ending: endingOf(role, format) });
      const { partSize } = rules.config;
      const beginning = { key, partSize, role, format: { id: format.id, config }, startOffset, firstTimestamp };
      // The blocks of many files would take more than the records that they hold.
      return openStream(beginning, identity, format, draft.spare.pop() ?? blockBuffer(SMALL_BLOCK_BYTES));
    });
  draft.waiting += streams.reduce((sum, { tailBytes }) => sum + tailBytes, 0);
  const file = { directory, startOffset, endOffset: startOffset, records: 0, streams };
  draft.open.set(key, file);
  return file;
}

/** `.avro` of values, `.keys.avro` of their keys. */
export function endingOf(role: Role, { extension }: FileFormat): string {
  return role === 'value' ? extension : `.${role}${extension}`;
}

const SMALL_BLOCK_BYTES = 4 * 1024;

/** Counts a record as seen: whatever became of it, it is not asked for again. */
export function see(draft: Draft, record: Seen): void {
  draft.first ??= record;
  draft.last = record;
  draft.changed = true;
}

/** A rotation. */
export function closeAll(draft: Draft): void {
  for (const key of [...draft.open.keys()]) {
    const file = fileIn(draft, key);
    if (file === undefined) continue;
    for (const stream of file.streams) {
      draft.closing.push(complete(stream, file.endOffset, file.records));
      keepParts(draft, stream);
      draft.spare.push(stream.block);
    }
  }
  draft.changed ||= draft.open.size > 0;
  draft.open.clear();
  draft.records = 0;
  draft.waiting = 0;
  draft.since = undefined;
  draft.isStale = false;
}

function keepParts(draft: Draft, { base, bodies }: Stream): void {
  if (bodies.length > 0) draft.parts.push({ file: base, bodies });
}

/** The state as the draft leaves it, undefined when no record was ever seen, and the parts that have filled up. */
export function nextStateOf(draft: Draft): { state?: PartitionState; parts: readonly FullParts[] } {
  const { first, last, since, closing } = draft;
  const open = [...draft.open.values()].map((file) => {
    if (!isDraft(file)) return file;
    for (const stream of file.streams) keepParts(draft, stream);
    return { ...file, streams: file.streams.map(stored) };
  });
  const { parts } = draft;
  if (first === undefined || last === undefined) return { parts };
  return {
    state: { first: seen(first), last: seen(last), open, ...(since === undefined ? {} : { since }), closing },
    parts,
  };
}

function seen({ offset, timestamp }: Seen): Seen {
  return { offset, timestamp };
}
