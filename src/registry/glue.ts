// AWS Glue's schema registry: a schema's text and version by the UUID that records carry.
import { GetSchemaVersionCommand, type GetSchemaVersionResponse, GlueClient } from '@aws-sdk/client-glue';
import { ConnectlessError } from '../errors';
import { glueError } from './glue-errors';
import type { FoundSchema, SchemaLookup } from './schema-source';

/** Without a VPC endpoint nobody answers, and a function must not wait for that until its time is over. */
const NO_ANSWER = { connectionTimeout: 3000, requestTimeout: 10_000 };
const ATTEMPTS = 5;

export interface GlueConfig {
  /** Absent: AWS_REGION. */
  readonly region?: string;
  readonly endpoint?: string;
}

const clients = new Map<string, GlueClient>();

/** Throws the errors of `glueError` and, for a version that can have no records, SCHEMA_UNUSABLE. */
export function glueLookup({ region, endpoint }: GlueConfig): SchemaLookup {
  const key = JSON.stringify([region, endpoint]);
  const client =
    clients.get(key) ??
    new GlueClient({
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: ATTEMPTS,
      requestHandler: NO_ANSWER,
    });
  clients.set(key, client);
  return async (id) => {
    try {
      return found(id, await client.send(new GetSchemaVersionCommand({ SchemaVersionId: String(id) })));
    } catch (error) {
      throw glueError(error, id, region);
    }
  };
}

/**
 * A version that is being deleted has its text still, and what was written with it is as good as ever. One that is pending
 * will be there; one that failed its check never was.
 */
function found(
  id: number | string,
  { Status: status, DataFormat: format, SchemaDefinition: text, VersionNumber: version }: GetSchemaVersionResponse,
): FoundSchema {
  if (status === 'PENDING') {
    throw new ConnectlessError('REGISTRY_UNAVAILABLE', `Schema version ${id} of AWS Glue is still PENDING.`, {
      retryable: true,
    });
  }
  if (format !== 'AVRO') throw unusable(id, `is ${format}, not AVRO`);
  if (status === 'FAILURE') throw unusable(id, 'failed its compatibility check: produce with one that is AVAILABLE');
  if (text === undefined) throw unusable(id, 'has no text any more');
  return version === undefined ? { text } : { text, version };
}

function unusable(id: number | string, what: string): ConnectlessError {
  return new ConnectlessError('SCHEMA_UNUSABLE', `Schema version ${id} of AWS Glue ${what}.`);
}
