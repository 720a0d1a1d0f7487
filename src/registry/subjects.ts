// What the registry's log says when it is read from its beginning: ids, subjects, versions, levels.
import { type CompatibilityLevel, DEFAULT_LEVEL } from './compatibility-level';
import type { ConfigEntry, LogEntry, SchemaEntry } from './log-entry';

export type SubjectVersion = Omit<SchemaEntry, 'kind'>;

/** Grows with every entry; only `addEntry` changes it. */
export interface Subjects {
  /** Text by id. */
  readonly schemas: ReadonlyMap<number, string>;
  /** Id by text. */
  readonly ids: ReadonlyMap<string, number>;
  /** The greatest id. */
  readonly lastId: number;
  /** Versions by subject, ascending. */
  readonly versions: ReadonlyMap<string, readonly SubjectVersion[]>;
  /** The registry's level. */
  readonly level: CompatibilityLevel;
  /** Those of the subjects that have one of their own. */
  readonly levels: ReadonlyMap<string, CompatibilityLevel>;
}

interface Growing extends Subjects {
  readonly schemas: Map<number, string>;
  readonly ids: Map<string, number>;
  readonly versions: Map<string, SubjectVersion[]>;
  level: CompatibilityLevel;
  readonly levels: Map<string, CompatibilityLevel>;
  lastId: number;
}

/** Of an empty log. */
export function noSubjects(): Growing {
  return {
    schemas: new Map(),
    ids: new Map(),
    versions: new Map(),
    level: DEFAULT_LEVEL,
    levels: new Map(),
    lastId: 0,
  };
}

/** Adds the log's next entry, in place: a log of thousands is folded in one pass. */
export function addEntry(subjects: Growing, entry: LogEntry): void {
  if (entry.kind === 'config') addConfig(subjects, entry);
  else addSchema(subjects, entry);
}

function addConfig(subjects: Growing, { subject, compatibility }: ConfigEntry): void {
  if (subject === undefined) subjects.level = compatibility;
  else subjects.levels.set(subject, compatibility);
}

function addSchema(subjects: Growing, { kind: _, ...version }: SchemaEntry): void {
  const versions = subjects.versions.get(version.subject) ?? [];
  versions.push(version);
  subjects.versions.set(version.subject, versions);
  subjects.schemas.set(version.id, version.schema);
  subjects.ids.set(version.schema, version.id);
  subjects.lastId = Math.max(subjects.lastId, version.id);
}

/** The version of a subject that has this text. */
export function findVersion(subjects: Subjects, subject: string, schema: string): SubjectVersion | undefined {
  return subjects.versions.get(subject)?.find((version) => version.schema === schema);
}

/** A subject's own level, or the registry's. */
export function levelOf({ level, levels }: Subjects, subject: string): CompatibilityLevel {
  return levels.get(subject) ?? level;
}

/** The newest version of a subject that has this schema's id. */
export function versionWithId({ versions }: Subjects, subject: string, id: number): number | undefined {
  return versions.get(subject)?.findLast((version) => version.id === id)?.version;
}

/** The entry that makes a text the newest version of a subject: the id that the text has under any other subject, else the next. */
export function nextVersion(subjects: Subjects, subject: string, schema: string): SchemaEntry {
  const last = subjects.versions.get(subject)?.at(-1)?.version ?? 0;
  const id = subjects.ids.get(schema) ?? subjects.lastId + 1;
  return { kind: 'schema', subject, version: last + 1, id, schema };
}
