// One entry of the built-in registry's log: what happened, as data, and its bytes.
import { ConnectlessError } from '../errors';
import { type CompatibilityLevel, compatibilityLevel } from './compatibility-level';

/** A schema became a version of a subject. */
export interface SchemaEntry {
  readonly kind: 'schema';
  readonly subject: string;
  /** From 1, one more than the subject's last. */
  readonly version: number;
  readonly id: number;
  /** As printed by schemaText. */
  readonly schema: string;
}

/** A level was set: of one subject, or without a subject of the registry. */
export interface ConfigEntry {
  readonly kind: 'config';
  readonly subject?: string;
  readonly compatibility: CompatibilityLevel;
}

export type LogEntry = SchemaEntry | ConfigEntry;

/** `registry/`, then the number from 1 on, ten digits. */
export const LOG_PREFIX = 'registry/';

export function entryKey(number: number): string {
  return LOG_PREFIX + String(number).padStart(10, '0');
}

/**
 * One line of JSON, with nothing in it of who writes: two writers that decide the same on the same log write the same
 * bytes, and then the entry is rightly both's.
 */
export function entryBytes(entry: LogEntry): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}

/** Throws REGISTRY_LOG_DAMAGED, naming the object, for bytes that are no entry. */
export function readEntry(key: string, bytes: Buffer): LogEntry {
  const entry = schemaEntry(members(bytes)) ?? configEntry(members(bytes));
  if (entry !== undefined) return entry;
  throw new ConnectlessError(
    'REGISTRY_LOG_DAMAGED',
    `The registry's log entry ${key} is none that this version of Connectless knows: update it, or restore the object.`,
  );
}

type Members = Readonly<Record<string, unknown>>;

function members(bytes: Buffer): Members {
  try {
    return Object(JSON.parse(bytes.toString()));
  } catch {
    return {};
  }
}

function schemaEntry({ kind, subject, version, id, schema }: Members): SchemaEntry | undefined {
  if (kind !== 'schema' || typeof subject !== 'string' || typeof schema !== 'string') return undefined;
  if (typeof version !== 'number' || typeof id !== 'number') return undefined;
  return { kind, subject, version, id, schema };
}

function configEntry({ kind, subject, compatibility }: Members): ConfigEntry | undefined {
  const level = compatibilityLevel(compatibility);
  if (kind !== 'config' || level === undefined) return undefined;
  if (subject === undefined) return { kind, compatibility: level };
  return typeof subject === 'string' ? { kind, subject, compatibility: level } : undefined;
}
