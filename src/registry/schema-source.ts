// The schemas that records were written with, asked of their registry once, and known from then on.
import type { Schema } from '../avro/schema';
import type { DataSchema, KnownSchemas } from '../convert/data';
import { dataSchema } from '../convert/data-schema';
import { ConnectlessError, messageOf } from '../errors';
import type { VersionedRegistry } from './registry';

export interface SchemaSource {
  /** A schema for ever; why one cannot be had, until that is forgotten. */
  readonly known: KnownSchemas;
  /** Asks the registry unless the schema is known; once for all that ask meanwhile. The error is the record's fault, or retryable. */
  fetch(id: number | string): Promise<DataSchema | ConnectlessError>;
  /**
   * For when a batch begins: forgets failures of ten seconds ago and more. They do not go by themselves, because a batch that
   * meets many would then ask for the first ones again before it knows the last ones, and never end.
   */
  forgetFailures(): void;
}

export interface FoundSchema {
  readonly text: string;
  /** In its subject; absent: it has none there, or nobody has asked. */
  readonly version?: number;
}

/** What a registry says of an id. Throws a ConnectlessError. */
export type SchemaLookup = (id: number | string) => Promise<FoundSchema>;

/** A batch that comes again and again asks seldom enough, and soon enough for a schema that is registered late. */
const FAILURE_MS = 10_000;
/** Everything else that a registry answers is the registry's, and must never make a dead letter of a record. */
const FAULTS_OF_RECORDS = ['SCHEMA_NOT_FOUND', 'SCHEMA_UNUSABLE', 'INVALID_SCHEMA'];

export function schemaSource(lookup: SchemaLookup, now: () => number = Date.now): SchemaSource {
  const schemas = new Map<number | string, DataSchema>();
  const failures = new Map<number | string, { readonly error: ConnectlessError; readonly at: number }>();
  const asking = new Map<number | string, Promise<DataSchema | ConnectlessError>>();

  const answered = async (id: number | string) => {
    const answer = await ask(lookup, id);
    asking.delete(id);
    if (answer instanceof ConnectlessError) failures.set(id, { error: answer, at: now() });
    else schemas.set(id, answer);
    return answer;
  };

  return {
    known: (id) => schemas.get(id) ?? failures.get(id)?.error,
    fetch: async (id) => {
      const known = schemas.get(id) ?? asking.get(id);
      if (known !== undefined) return known;
      const answer = answered(id);
      asking.set(id, answer);
      return answer;
    },
    forgetFailures: () => {
      for (const [id, { at }] of failures) if (now() - at >= FAILURE_MS) failures.delete(id);
    },
  };
}

/** @param subject in which the version is asked for; absent: it is not */
export function registryLookup(
  registry: Pick<VersionedRegistry, 'schemaById' | 'versionOf'>,
  subject: string | undefined,
): SchemaLookup {
  return async (id) => {
    // The converter of this registry's wire format reads no other ids.
    const number = Number(id);
    const text = await registry.schemaById(number);
    const version = subject === undefined ? undefined : await registry.versionOf(subject, number);
    return version === undefined ? { text } : { text, version };
  };
}

async function ask(lookup: SchemaLookup, id: number | string): Promise<DataSchema | ConnectlessError> {
  try {
    return compiled(id, await lookup(id));
  } catch (error) {
    const isConnectless = error instanceof ConnectlessError;
    if (isConnectless && (error.retryable || FAULTS_OF_RECORDS.includes(error.code))) return error;
    const code = isConnectless ? error.code : 'REGISTRY_UNAVAILABLE';
    return new ConnectlessError(code, `Schema ${id}: ${messageOf(error)}`, { retryable: true, cause: error });
  }
}

function compiled(id: number | string, { text, version }: FoundSchema): DataSchema {
  try {
    const { schema } = dataSchema(text);
    const found = dataSchema(text, { id, version: connectVersion(schema) ?? version });
    // Compiled now, so that what cannot be is said here.
    void found.skip;
    return found;
  } catch (cause) {
    throw new ConnectlessError('SCHEMA_UNUSABLE', `Schema ${id}: ${messageOf(cause)}`, { cause });
  }
}

/** Connect's own, which AvroData puts before the registry's. */
function connectVersion(schema: Schema): number | undefined {
  const version = 'properties' in schema ? schema.properties.get('connect.version') : undefined;
  return typeof version === 'bigint' ? Number(version) : undefined;
}
