// What every step needs of a schema registry: an id for a schema's text, and the text for an id.

/** Ids are global and for ever: the same text has the same id under every subject. */
export interface SchemaRegistry {
  /** Registers the schema's text as the newest version of the subject, or finds it there; answers its id. */
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

/** Subject of a topic's values: Confluent's TopicNameStrategy. */
export function valueSubject(topic: string): string {
  return `${topic}-value`;
}

/** Subject of a topic's keys. */
export function keySubject(topic: string): string {
  return `${topic}-key`;
}
