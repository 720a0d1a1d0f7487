// A client of a Confluent-compatible schema registry.
import pRetry from 'p-retry';
import type { RegistryConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import { type HttpAnswer, type HttpRequest, httpRequest } from './confluent-http';
import type { VersionedRegistry } from './registry';

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
const SUBJECT_NOT_FOUND = 40401;
const SCHEMA_NOT_FOUND = 40403;

/** Patience with a registry that is busy or restarting. */
export interface Patience {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly firstPauseMs: number;
}

const PATIENCE: Patience = { timeoutMs: 10_000, retries: 4, firstPauseMs: 200 };

/**
 * Every request is tried again on 429, on 5xx and when there is no answer: registering twice is registering once.
 * Throws REGISTRY_UNAVAILABLE (retryable) when that does not help, SCHEMA_NOT_FOUND, INVALID_SCHEMA,
 * INCOMPATIBLE_SCHEMA, or REGISTRY_REFUSED with the registry's own error_code and message.
 */
export function confluentRegistry(config: RegistryConfig, patience: Patience = PATIENCE): VersionedRegistry {
  const { base, authorization } = address(config);

  const ask = async (path: string, request: Pick<HttpRequest, 'method' | 'body'>): Promise<HttpAnswer> => {
    const headers = { accept: MEDIA_TYPE, ...(request.body && { 'content-type': MEDIA_TYPE }), ...authorization };
    const attempt = async (): Promise<HttpAnswer> => {
      const answer = await httpRequest(new URL(base + path), { ...request, headers, timeoutMs: patience.timeoutMs });
      if (answer.status === 429 || answer.status >= 500) throw new Error(`it answered ${complaint(answer)}`);
      return answer;
    };
    return persistently(attempt, base, patience);
  };

  const call = async (path: string, request: Pick<HttpRequest, 'method' | 'body'>): Promise<unknown> =>
    bodyOf(base, await ask(path, request));

  const schemaById = async (id: number): Promise<string> =>
    textOf(await call(`/schemas/ids/${id}`, { method: 'GET' }), base);

  /** As Confluent's converter asks, and registries before 5.4, which have no list of an id's versions. */
  const lookUp = async (subject: string, schema: string): Promise<number | undefined> => {
    const path = `/subjects/${encodeURIComponent(subject)}?deleted=true`;
    const answer = await ask(path, { method: 'POST', body: JSON.stringify({ schema }) });
    if ([SUBJECT_NOT_FOUND, SCHEMA_NOT_FOUND].some((code) => code === errorCode(answer))) return undefined;
    return numberOf(bodyOf(base, answer), 'version', base);
  };

  return {
    register: async (subject, schema) => {
      const path = `/subjects/${encodeURIComponent(subject)}/versions`;
      return numberOf(await call(path, { method: 'POST', body: JSON.stringify({ schema }) }), 'id', base);
    },
    schemaById,
    versionOf: async (subject, id) => {
      const answer = await ask(`/schemas/ids/${id}/versions?deleted=true`, { method: 'GET' });
      const isUnknownPath = answer.status === 404 && errorCode(answer) !== SCHEMA_NOT_FOUND;
      if (isUnknownPath) return lookUp(subject, await schemaById(id));
      return newestIn(subject, bodyOf(base, answer), base);
    },
  };
}

/** Credentials may stand in the URL or beside it; they leave the URL, so that no message can hold them. */
function address({ url, basicAuth }: RegistryConfig): { base: string; authorization: Record<string, string> } {
  const parsed = new URL(url);
  const inUrl = [parsed.username, parsed.password].map(decodeURIComponent).join(':');
  const credentials = basicAuth ?? (inUrl === ':' ? undefined : inUrl);
  const base = (parsed.origin + parsed.pathname).replace(/\/+$/, '');
  if (credentials === undefined) return { base, authorization: {} };
  return { base, authorization: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

async function persistently(
  attempt: () => Promise<HttpAnswer>,
  base: string,
  { retries, firstPauseMs }: Patience,
): Promise<HttpAnswer> {
  try {
    return await pRetry(attempt, { retries, minTimeout: firstPauseMs, randomize: true });
  } catch (cause) {
    throw new ConnectlessError(
      'REGISTRY_UNAVAILABLE',
      `The schema registry ${base} cannot be reached: ${messageOf(cause)}. Check schema.registry.url and that it is running.`,
      { retryable: true, cause },
    );
  }
}

function refused(base: string, answer: HttpAnswer): ConnectlessError {
  const said = `The schema registry ${base} answered ${complaint(answer)}`;
  if (errorCode(answer) === SCHEMA_NOT_FOUND) return new ConnectlessError('SCHEMA_NOT_FOUND', said);
  if (answer.status === 409) return new ConnectlessError('INCOMPATIBLE_SCHEMA', said);
  if (answer.status === 422) return new ConnectlessError('INVALID_SCHEMA', said);
  const cure = [401, 403].includes(answer.status) ? '. Check schema.registry.basic.auth.user.info.' : '';
  return new ConnectlessError('REGISTRY_REFUSED', said + cure);
}

/** `404 (error_code 40403): Schema 7 not found` */
function complaint(answer: HttpAnswer): string {
  const code = errorCode(answer);
  const message = member(json(answer.body), 'message');
  return `${answer.status}${code === undefined ? '' : ` (error_code ${code})`}${typeof message === 'string' ? `: ${message}` : ''}`;
}

function errorCode(answer: HttpAnswer): unknown {
  return member(json(answer.body), 'error_code');
}

function bodyOf(base: string, answer: HttpAnswer): unknown {
  if (answer.status >= 200 && answer.status < 300) return json(answer.body);
  throw refused(base, answer);
}

function numberOf(answer: unknown, name: 'id' | 'version', base: string): number {
  const number = member(answer, name);
  if (typeof number === 'number') return number;
  throw foreign(base);
}

/** Of `[{"subject": "prices-value", "version": 3}, …]`. */
function newestIn(subject: string, answer: unknown, base: string): number | undefined {
  if (!Array.isArray(answer)) throw foreign(base);
  const own = answer.filter((version) => member(version, 'subject') === subject);
  const versions = own.map((version) => numberOf(version, 'version', base));
  return versions.length === 0 ? undefined : Math.max(...versions);
}

function textOf(answer: unknown, base: string): string {
  const schemaType = member(answer, 'schemaType') ?? 'AVRO';
  const schema = member(answer, 'schema');
  if (schemaType !== 'AVRO') throw new ConnectlessError('SCHEMA_UNUSABLE', `The schema is ${schemaType}, not AVRO.`);
  if (typeof schema === 'string') return schema;
  throw foreign(base);
}

function foreign(base: string): ConnectlessError {
  return new ConnectlessError(
    'REGISTRY_REFUSED',
    `What answers at ${base} is no Confluent-compatible schema registry: check schema.registry.url.`,
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
