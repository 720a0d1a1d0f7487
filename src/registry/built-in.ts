// The built-in registry: a schema registry of our own on the log in the state store.
import { schemaText } from '../avro/schema-text';
import { ConnectlessError } from '../errors';
import type { StateStore } from '../state/store';
import { confluentMessage, refusal } from './compatibility';
import type { CompatibilityLevel } from './compatibility-level';
import { incompatibleError } from './incompatible';
import { registryLog } from './log';
import type { PreviewedRegistry } from './registry';
import { findVersion, levelOf, nextVersion, type Subjects, type SubjectVersion, versionWithId } from './subjects';

/** What the REST API needs beside what every step needs. */
export interface BuiltInRegistry extends PreviewedRegistry {
  /** Everything that has been registered until now. */
  subjects(): Promise<Subjects>;
  /**
   * Registers like `register` and answers the whole version. The schema's text is kept as Java's Avro prints it. Throws
   * INVALID_SCHEMA, and SCHEMA_INCOMPATIBLE with Confluent's words as the cause's message.
   */
  registerVersion(subject: string, schema: string): Promise<SubjectVersion>;
  /** Sets the level of a subject, or without one that of the registry. */
  setLevel(subject: string | undefined, compatibility: CompatibilityLevel): Promise<void>;
}

export function builtInRegistry(state: StateStore): BuiltInRegistry {
  const log = registryLog(state);

  const registerVersion = async (subject: string, schema: string): Promise<SubjectVersion> => {
    const text = schemaText(schema);
    await log.append((subjects) => {
      if (findVersion(subjects, subject, text) !== undefined) return undefined;
      const refused = refusedBy(subjects, subject, text);
      if (refused !== undefined) throw refused;
      return nextVersion(subjects, subject, text);
    });
    const version = findVersion(log.known, subject, text);
    if (version === undefined) throw new Error('a version that was appended is not in the log');
    return version;
  };

  return {
    registerVersion,
    register: async (subject, schema) => (await registerVersion(subject, schema)).id,
    schemaById: async (id) => {
      const schema = log.known.schemas.get(id) ?? (await log.current()).schemas.get(id);
      if (schema !== undefined) return schema;
      throw notFound(id);
    },
    versionOf: async (subject, id) => {
      const version = versionWithId(log.known, subject, id) ?? versionWithId(await log.current(), subject, id);
      if (version === undefined && !log.known.schemas.has(id)) throw notFound(id);
      return version;
    },
    wouldRegister: async (subject, schema) => {
      const text = schemaText(schema);
      const subjects = await log.current();
      const latest = subjects.versions.get(subject)?.at(-1);
      const known = findVersion(subjects, subject, text)?.version;
      const refused = known === undefined ? refusedBy(subjects, subject, text) : undefined;
      return { ...(latest && { latest }), ...(known && { known }), ...(refused && { refused }) };
    },
    subjects: () => log.current(),
    setLevel: (subject, compatibility) =>
      log.append((subjects) => {
        const level = subject === undefined ? subjects.level : subjects.levels.get(subject);
        if (level === compatibility) return undefined;
        return { kind: 'config', compatibility, ...(subject !== undefined && { subject }) };
      }),
  };
}

function refusedBy(subjects: Subjects, subject: string, text: string): ConnectlessError | undefined {
  const refused = refusal(levelOf(subjects, subject), subject, text, subjects.versions.get(subject) ?? []);
  return refused && incompatibleError(refused, text, confluentMessage(refused));
}

function notFound(id: number): ConnectlessError {
  return new ConnectlessError('SCHEMA_NOT_FOUND', `Schema ${id} is not in the registry.`);
}
