// One record: converted, placed, rotated for, put into its files; or refused, with the reason.
import type { Data } from '../convert/data';
import { ConnectlessError } from '../errors';
import { changesFile } from './compatibility/changes-file';
import { project } from './compatibility/project';
import { convertedHeaders, convertedKey, convertedValue } from './converted';
import { addRow, closeAll, type Draft, type DraftFile, endingOf, fileIn, fill, see, slot } from './draft';
import type { Need } from './need';
import { objectKey } from './object-key';
import type { Role } from './partition-state';
import type { Place } from './partitioner/partitioner';
import type { SinkRecord } from './record';
import { type Failed, locatedError, refuse } from './refuse';
import { closesAfter, closesByRecordTime, isOverfull } from './rotation';
import type { Row } from './row';
import { encoded } from './stream';

type Parts = Partial<Record<Role, Data>>;
type Schemas = Row['schemas'];

/** Takes the record, or counts it as refused; answers what it needs first, or why the partition stops before it. */
export function take(draft: Draft, record: SinkRecord): Need | ConnectlessError | undefined {
  const value = record.value == null ? null : convertedValue(draft, record.value);
  if (value === null) return takeNull(draft, record);
  if ('kind' in value) return value;
  if ('stage' in value) return refuse(draft, record, value);
  const { partition } = draft.source;
  const { offset, timestamp } = record;
  const place = draft.rules.partitioner({ partition, offset, timestamp, value }, draft.now);
  if (place instanceof ConnectlessError) return refuse(draft, record, { stage: 'TASK_PUT', error: place });
  return store(draft, record, place, { value });
}

/** `behavior.on.null.values` */
function takeNull(draft: Draft, record: SinkRecord): Need | ConnectlessError | undefined {
  const { nulls, errors } = draft.rules.config;
  // Connect, too, stops here whatever errors.tolerance says.
  if (nulls.behavior === 'fail') return locatedError(draft, record, nullValue());
  if (nulls.behavior === 'write') return store(draft, record, { directory: nulls.directory }, {});
  if (nulls.toDeadLetters && errors.deadLetters !== undefined) {
    draft.faults.push({ record, stage: 'TASK_PUT', error: locatedError(draft, record, nullValue()) });
  } else {
    draft.ignored.push(record);
  }
  see(draft, record);
  return undefined;
}

/** Puts the record's value, where it has one, and its siblings into the files of the place. */
function store(draft: Draft, record: SinkRecord, place: Place, value: Parts): Need | ConnectlessError | undefined {
  const data = withSiblings(draft, record, value);
  if (isNeed(data)) return data;
  if (isFailed(data)) return refuse(draft, record, data);
  const key = slot(place.directory, data.value !== undefined);
  const schemas = { value: data.value?.schema, keys: data.keys?.schema, headers: data.headers?.schema };
  const versionless = rotateBefore(draft, place, key, schemas);
  if (versionless !== undefined) return refuse(draft, record, inPut(versionless));
  const open = fileIn(draft, key);
  const tooLong = open === undefined ? keyTooLong(draft, place, record) : undefined;
  if (tooLong !== undefined) return refuse(draft, record, inPut(tooLong));
  const file = orFault(() => addRow(draft, { record, place, slot: key, parts: partsFor(draft, open, data), schemas }));
  if (file instanceof ConnectlessError) return refuse(draft, record, inPut(file));
  if (closesAfter(draft.rules.config, { records: draft.records, ...fill(file) })) closeAll(draft);
  return undefined;
}

/** The row's key and headers, where they are stored. */
function withSiblings(draft: Draft, record: SinkRecord, value: Parts): Parts | Need | Failed {
  const { keys, headers } = draft.rules.config.formats;
  if (keys === undefined && headers === undefined) return value;
  const key = keys === undefined ? undefined : convertedKey(draft, record);
  if (key !== undefined && (isNeed(key) || isFailed(key))) return key;
  const heads = headers === undefined ? undefined : convertedHeaders(draft, record);
  if (heads !== undefined && isFailed(heads)) return heads;
  return { ...value, ...(key === undefined ? {} : { keys: key }), ...(heads === undefined ? {} : { headers: heads }) };
}

/** The rotations that come before the record that causes them. An error: its schema cannot be compared. */
function rotateBefore(draft: Draft, place: Place, key: string, schemas: Schemas): ConnectlessError | undefined {
  const { config } = draft.rules;
  if (draft.since === undefined) return undefined;
  const isDue = draft.isStale || isOverfull(config, draft.records) || closesByRecordTime(config, draft.since, place);
  const changes = isDue || changesSchema(draft, fileIn(draft, key), schemas);
  if (changes instanceof ConnectlessError) return changes;
  if (changes) closeAll(draft);
  return undefined;
}

/** Of the value by `schema.compatibility`; a key's file has one schema. */
function changesSchema({ rules }: Draft, file: DraftFile | undefined, schemas: Schemas): boolean | ConnectlessError {
  for (const { base, identity } of file?.streams ?? []) {
    const mode = base.role === 'value' ? rules.config.compatibility : 'NONE';
    const now = schemas[base.role];
    if (now === identity.schema && mode === 'NONE') continue;
    const changes = changesFile(mode, identity.schema, now);
    if (changes !== false) return changes;
  }
  return false;
}

/** What a format cannot hold, or no file can be begun with, is the record's fault; nothing of the draft has changed then. */
function orFault<Answer>(work: () => Answer): Answer | ConnectlessError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConnectlessError) return error;
    throw error;
  }
}

/** What the files are to hold: projected to the schema that the open one has, encoded by their formats. Throws the record's fault. */
function partsFor({ rules }: Draft, file: DraftFile | undefined, data: Parts): Parts {
  const parts: Parts = {};
  for (const { role, format } of rules.roles) {
    const given = data[role];
    if (given === undefined) continue;
    const target = file?.streams.find(({ base }) => base.role === role)?.identity.schema;
    const fitting = target === undefined || target === given.schema ? given : project(given, target);
    if (fitting instanceof ConnectlessError) throw fitting;
    parts[role] = encoded(format, fitting);
  }
  return parts;
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

function nullValue(): ConnectlessError {
  return new ConnectlessError('NULL_VALUE', NULL_VALUE);
}

const NULL_VALUE =
  'its value is null (behavior.on.null.values=fail). Keep tombstones out of the topic, or set it to ignore or write.';
