// What every step needs of a schema registry: an id for a schema's text, and the text for an id.
import type { ConnectlessError } from '../errors';

/** Ids are global and for ever: the same text has the same id under every subject. */
export interface SchemaRegistry {
  /**
   * Registers the schema's text as the newest version of the subject, or finds it there; answers its id. Throws
   * SCHEMA_INCOMPATIBLE (not retryable) when the subject's compatibility forbids it.
   */
  register(subject: string, schema: string): Promise<number>;
  /** The schema's text. Throws a ConnectlessError with code SCHEMA_NOT_FOUND (not retryable) for an id that nobody knows. */
  schemaById(id: number): Promise<string>;
}

/** What schema.compatibility asks for beside. */
export interface VersionedRegistry extends SchemaRegistry {
  /**
   * The version that the schema with this id has in the subject, the newest of several; undefined: it has none there. Throws
   * SCHEMA_NOT_FOUND like `schemaById`.
   */
  versionOf(subject: string, id: number): Promise<number | undefined>;
}

/** What `register` would do. */
export interface Registration {
  /** The subject's newest version; absent: it has none. */
  readonly latest?: { readonly version: number; readonly schema: string };
  /** The version that the schema has already. */
  readonly known?: number;
  /** What `register` would throw. */
  readonly refused?: ConnectlessError;
}

/** What preflight asks for beside. */
export interface PreviewedRegistry extends VersionedRegistry {
  /** Writes nothing. Throws INVALID_SCHEMA and what the registry's home throws. */
  wouldRegister(subject: string, schema: string): Promise<Registration>;
}

/** Subject of a topic's values: Confluent's TopicNameStrategy. */
export function valueSubject(topic: string): string {
  return `${topic}-value`;
}

/** Subject of a topic's keys. */
export function keySubject(topic: string): string {
  return `${topic}-key`;
}
