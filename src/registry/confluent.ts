// A Confluent-compatible schema registry.
import type { RegistryConfig } from '../config/model';
import { ConnectlessError } from '../errors';
import { complaint, errorCode, member, SCHEMA_NOT_FOUND, SUBJECT_NOT_FOUND } from './confluent-answer';
import { bodyOf, type ConfluentClient, confluentClient, type Patience } from './confluent-client';
import { latestVersion, refusedSchema, wouldRefuse } from './confluent-refusal';
import type { PreviewedRegistry } from './registry';

const PATIENCE: Patience = { timeoutMs: 10_000, retries: 4, firstPauseMs: 200 };

/**
 * Throws REGISTRY_UNAVAILABLE (retryable), SCHEMA_NOT_FOUND, INVALID_SCHEMA, SCHEMA_INCOMPATIBLE, or REGISTRY_REFUSED with
 * the registry's own error_code and message.
 */
export function confluentRegistry(config: RegistryConfig, patience: Patience = PATIENCE): PreviewedRegistry {
  const client = confluentClient(config, patience);

  const schemaById = async (id: number): Promise<string> =>
    textOf(bodyOf(client, await client.get(`/schemas/ids/${id}`)), client);

  return {
    register: async (subject, schema) => {
      const answer = await client.post(`/subjects/${encodeURIComponent(subject)}/versions`, { schema });
      if (answer.status === 409) throw await refusedSchema(client, subject, schema, complaint(answer));
      return numberOf(bodyOf(client, answer), 'id', client);
    },
    wouldRegister: async (subject, schema) => {
      const [latest, known] = [await latestVersion(client, subject), await lookUp(client, subject, schema, false)];
      if (latest === undefined) return {};
      if (known !== undefined) return { latest, known };
      const refused = await wouldRefuse(client, subject, schema);
      return refused === undefined ? { latest } : { latest, refused };
    },
    schemaById,
    versionOf: async (subject, id) => {
      const answer = await client.get(`/schemas/ids/${id}/versions?deleted=true`);
      const isUnknownPath = answer.status === 404 && errorCode(answer) !== SCHEMA_NOT_FOUND;
      if (isUnknownPath) return lookUp(client, subject, await schemaById(id), true);
      return newestIn(subject, bodyOf(client, answer), client);
    },
  };
}

/** As Confluent's converter asks, and registries before 5.4, which have no list of an id's versions. */
async function lookUp(
  client: ConfluentClient,
  subject: string,
  schema: string,
  deleted: boolean,
): Promise<number | undefined> {
  const answer = await client.post(`/subjects/${encodeURIComponent(subject)}?deleted=${deleted}`, { schema });
  if ([SUBJECT_NOT_FOUND, SCHEMA_NOT_FOUND].some((code) => code === errorCode(answer))) return undefined;
  return numberOf(bodyOf(client, answer), 'version', client);
}

function numberOf(answer: unknown, name: 'id' | 'version', client: ConfluentClient): number {
  const number = member(answer, name);
  if (typeof number === 'number') return number;
  throw foreign(client);
}

/** Of `[{"subject": "prices-value", "version": 3}, …]`. */
function newestIn(subject: string, answer: unknown, client: ConfluentClient): number | undefined {
  if (!Array.isArray(answer)) throw foreign(client);
  const own = answer.filter((version) => member(version, 'subject') === subject);
  const versions = own.map((version) => numberOf(version, 'version', client));
  return versions.length === 0 ? undefined : Math.max(...versions);
}

function textOf(answer: unknown, client: ConfluentClient): string {
  const schemaType = member(answer, 'schemaType') ?? 'AVRO';
  const schema = member(answer, 'schema');
  if (schemaType !== 'AVRO') throw new ConnectlessError('SCHEMA_UNUSABLE', `The schema is ${schemaType}, not AVRO.`);
  if (typeof schema === 'string') return schema;
  throw foreign(client);
}

function foreign({ base }: ConfluentClient): ConnectlessError {
  return new ConnectlessError(
    'REGISTRY_REFUSED',
    `What answers at ${base} is no Confluent-compatible schema registry: check schema.registry.url.`,
  );
}
