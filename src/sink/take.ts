// One record: converted, placed, rotated for, put into its files; or refused, with the reason.
import type { Data, DataSchema } from '../convert/data';
import { ConnectlessError } from '../errors';
import { changesFile } from './compatibility/changes-file';
import { project } from './compatibility/project';
import { convertedHeaders, convertedKey, convertedValue } from './converted';
import { addRow, closeAll, type Draft, type DraftFile, endingOf, fileIn, fillOf, see, slot } from './draft';
import type { Need } from './need';
import { objectKey } from './object-key';
import type { Role } from './partition-state';
import type { Place } from './partitioner/partitioner';
import type { SinkRecord } from './record';
import { type Failed, locatedError, refuse } from './refuse';
import { closesAfter, closesByRecordTime, isOverfull } from './rotation';
import type { Parts } from './row';
import { encoded } from './stream';

/** Takes the record, or counts it as refused; answers what it needs first, or why the partition stops before it. */
export function take(draft: Draft, record: SinkRecord): Need | ConnectlessError | undefined {
  const value = record.value == null ? null : convertedValue(draft, record.value);
  if (value === null) return takeNull(draft, record);
  if (!('bytes' in value)) return isNeed(value) ? value : refuse(draft, record, value);
  const { partition } = draft.source;
  const { offset, timestamp } = record;
  const place = draft.rules.partitioner({ partition, offset, timestamp, value }, draft.now);
  if (place instanceof ConnectlessError) return refuse(draft, record, { stage: 'TASK_PUT', error: place });
  return withSiblings(draft, record, place, { value });
}

/** `behavior.on.null.values` */
function takeNull(draft: Draft, record: SinkRecord): Need | ConnectlessError | undefined {
  const { nulls, errors } = draft.rules.config;
  // Connect, too, stops here whatever errors.tolerance says.
  if (nulls.behavior === 'fail') return locatedError(draft, record, nullValue(nulls.behavior));
  if (nulls.behavior === 'write') return withSiblings(draft, record, { directory: nulls.directory }, {});
  if (nulls.toDeadLetters && errors.deadLetters !== undefined) {
    draft.faults.push({ record, stage: 'TASK_PUT', error: locatedError(draft, record, nullValue(nulls.behavior)) });
  } else {
    draft.ignored.push(record);
  }
  see(draft, record);
  return undefined;
}

/** Puts the record's value, where it has one, into the files of the place; beside it its key and headers, where they are stored. */
function withSiblings(
  draft: Draft,
  record: SinkRecord,
  place: Place,
  value: Parts,
): Need | ConnectlessError | undefined {
  const { keys, headers } = draft.rules.config.formats;
  if (keys === undefined && headers === undefined) return store(draft, record, place, value);
  const siblings = siblingsOf(draft, record);
  if (isNeed(siblings)) return siblings;
  if (isFailed(siblings)) return refuse(draft, record, siblings);
  return store(draft, record, place, { ...value, ...siblings });
}

function siblingsOf(draft: Draft, record: SinkRecord): Parts | Need | Failed {
  const { keys, headers } = draft.rules.config.formats;
  const key = keys === undefined ? undefined : convertedKey(draft, record);
  if (key !== undefined && (isNeed(key) || isFailed(key))) return key;
  const heads = headers === undefined ? undefined : convertedHeaders(draft, record);
  if (heads !== undefined && isFailed(heads)) return heads;
  return { ...(key === undefined ? {} : { keys: key }), ...(heads === undefined ? {} : { headers: heads }) };
}

function store(draft: Draft, record: SinkRecord, place: Place, data: Parts): ConnectlessError | undefined {
  const key = slot(place.directory, data.value !== undefined);
  const before = fileIn(draft, key);
  const rotates = rotatesBefore(draft, place, before, data);
  if (rotates instanceof ConnectlessError) return refuse(draft, record, inPut(rotates));
  if (rotates) closeAll(draft);
  const open = rotates ? undefined : before;
  const tooLong = open === undefined ? keyTooLong(draft, place, record) : undefined;
  if (tooLong !== undefined) return refuse(draft, record, inPut(tooLong));
  const file = added(draft, record, place, key, open, data);
  if (file instanceof ConnectlessError) return refuse(draft, record, inPut(file));
  if (closesAfter(draft.rules.config, fillOf(draft, file))) closeAll(draft);
  return undefined;
}

/** What a format cannot hold, or no file can be begun with, is the record's fault; nothing of the draft has changed then. */
function added(
  draft: Draft,
  record: SinkRecord,
  place: Place,
  slot: string,
  open: DraftFile | undefined,
  data: Parts,
): DraftFile | ConnectlessError {
  try {
    return addRow(draft, open, { record, place, slot, data, encoded: encodedFor(draft, open, data) });
  } catch (error) {
    if (error instanceof ConnectlessError) return error;
    throw error;
  }
}

/** The rotations that come before the record that causes them. An error: its schema cannot be compared. */
function rotatesBefore(
  draft: Draft,
  place: Place,
  file: DraftFile | undefined,
  data: Parts,
): boolean | ConnectlessError {
  const { config } = draft.rules;
  const { since, isStale, records } = draft;
  const isDue =
    since !== undefined && (isStale || isOverfull(config, records) || closesByRecordTime(config, since, place));
  return isDue || changesSchema(draft, file, data);
}

/** Of the value by `schema.compatibility`; a key's file has one schema. */
function changesSchema({ rules }: Draft, file: DraftFile | undefined, data: Parts): boolean | ConnectlessError {
  const { compatibility } = rules.config;
  // Without a file there is nothing to compare with, but there will be.
  if (file === undefined)
    return compatibility !== 'NONE' && changesFile(compatibility, data.value?.schema, data.value?.schema);
  for (const { base, identity } of file.streams) {
    const mode = base.role === 'value' ? compatibility : 'NONE';
    const now = data[base.role]?.schema;
    if (now === identity.schema && mode === 'NONE') continue;
    const changes = changesFile(mode, identity.schema, now);
    if (changes !== false) return changes;
  }
  return false;
}

/** What the files are to hold: projected to the schema that the open one has, encoded by their formats. Throws the record's fault. */
function encodedFor({ rules }: Draft, file: DraftFile | undefined, data: Parts): Parts {
  let all = data;
  for (const { role, format } of rules.roles) {
    const given = data[role];
    if (given === undefined) continue;
    const target = file === undefined ? undefined : schemaIn(file, role);
    const fitting = target === undefined || target === given.schema ? given : project(given, target);
    if (fitting instanceof ConnectlessError) throw fitting;
    const one = encoded(format, fitting);
    if (one !== given) all = { ...all, [role]: one };
  }
  return all;
}

function schemaIn({ streams }: DraftFile, role: Role): DataSchema | undefined {
  for (const { base, identity } of streams) if (base.role === role) return identity.schema;
  return undefined;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const LONGEST_KEY_BYTES = 1024;

function keyTooLong({ rules, source }: Draft, { directory }: Place, { offset }: SinkRecord) {
  const endings = rules.roles.map(({ role, format }) => endingOf(role, format));
  const longest = Math.max(
    ...endings.map((ending) =>
      Buffer.byteLength(objectKey(rules.config, source, directory, { startOffset: offset, ending })),
    ),
  );
  if (longest <= LONGEST_KEY_BYTES) return undefined;
  return new ConnectlessError(
    'KEY_TOO_LONG',
    `its file's key would have ${longest} bytes, and S3 takes ${LONGEST_KEY_BYTES}: partition by fewer or shorter fields, or shorten topics.dir.`,
  );
}

function inPut(error: ConnectlessError): Failed {
  return { stage: 'TASK_PUT', error };
}

function isNeed(outcome: Parts | Data | Need | Failed): outcome is Need {
  return 'kind' in outcome;
}

function isFailed(outcome: Parts | Data | Failed): outcome is Failed {
  return 'stage' in outcome;
}

function nullValue(behavior: 'fail' | 'ignore'): ConnectlessError {
  const cure =
    behavior === 'fail'
      ? 'Keep tombstones out of the topic, or set it to ignore or write.'
      : 'With report.null.values.to.dlq=false it would leave no trace; write stores its key.';
  return new ConnectlessError('NULL_VALUE', `its value is null (behavior.on.null.values=${behavior}). ${cure}`);
}
