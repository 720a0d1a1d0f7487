// The schemas that records were written with, asked of their registry once, and known from then on.
import type { Schema } from '../avro/schema';
import type { DataSchema, KnownSchemas } from '../convert/data';
import { dataSchema } from '../convert/data-schema';
import { ConnectlessError, messageOf } from '../errors';
import type { VersionedRegistry } from './registry';

export interface SchemaSource {
  /** A schema for ever, and for some seconds why one cannot be had. */
  readonly known: KnownSchemas;
  /** Asks the registry unless the schema is known. The error is the record's fault, or retryable. */
  fetch(id: number | string): Promise<DataSchema | ConnectlessError>;
}

export interface FoundSchema {
  readonly text: string;
  /** In its subject; absent: it has none there, or nobody has asked. */
  readonly version?: number;
}

/** What a registry says of an id. Throws a ConnectlessError. */
export type SchemaLookup = (id: number | string) => Promise<FoundSchema>;

/** As long as a batch may take that meets the id again and again; soon enough for one that is registered late. */
const FAILURE_MS = 10_000;
/** Everything else that a registry answers is the registry's, and must never make a dead letter of a record. */
const FAULTS_OF_RECORDS = ['SCHEMA_NOT_FOUND', 'SCHEMA_UNUSABLE', 'INVALID_SCHEMA'];

export function schemaSource(lookup: SchemaLookup, now: () => number = Date.now): SchemaSource {
  const schemas = new Map<number | string, DataSchema>();
  const failures = new Map<number | string, { readonly error: ConnectlessError; readonly until: number }>();

  const failureOf = (id: number | string): ConnectlessError | undefined => {
    const failure = failures.get(id);
    if (failure === undefined || now() < failure.until) return failure?.error;
    failures.delete(id);
    return undefined;
  };

  return {
    known: (id) => schemas.get(id) ?? failureOf(id),
    fetch: async (id) => {
      const known = schemas.get(id);
      if (known !== undefined) return known;
      const answer = await ask(lookup, id);
      if (answer instanceof ConnectlessError) failures.set(id, { error: answer, until: now() + FAILURE_MS });
      else schemas.set(id, answer);
      return answer;
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
    const number = connectVersion(schema) ?? version;
    const found = dataSchema(text, number === undefined ? { id } : { id, version: number });
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
