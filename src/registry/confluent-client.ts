// Requests to a Confluent-compatible registry, with patience, and what it means when one is refused.
import pRetry from 'p-retry';
import type { RegistryConfig } from '../config/model';
import { ConnectlessError, messageOf } from '../errors';
import { complaint, errorCode, isSuccess, json, SCHEMA_NOT_FOUND } from './confluent-answer';
import { type HttpAnswer, type HttpRequest, httpRequest } from './confluent-http';

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';

/** Patience with a registry that is busy or restarting. */
export interface Patience {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly firstPauseMs: number;
}

/** Both answer whatever the status, and throw REGISTRY_UNAVAILABLE (retryable). */
export interface ConfluentClient {
  /** Without credentials. */
  readonly base: string;
  get(path: string): Promise<HttpAnswer>;
  post(path: string, body: object): Promise<HttpAnswer>;
}

/** Every request is tried again on 429, on 5xx and when there is no answer: registering twice is registering once. */
export function confluentClient(config: RegistryConfig, patience: Patience): ConfluentClient {
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

  return {
    base,
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
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
  if (answer.status === 422) return new ConnectlessError('INVALID_SCHEMA', said);
  const cure = [401, 403].includes(answer.status) ? '. Check schema.registry.basic.auth.user.info.' : '';
  return new ConnectlessError('REGISTRY_REFUSED', said + cure);
}

/** The answer's JSON. Throws SCHEMA_NOT_FOUND, INVALID_SCHEMA, or REGISTRY_REFUSED with the registry's own words. */
export function bodyOf({ base }: ConfluentClient, answer: HttpAnswer): unknown {
  if (isSuccess(answer)) return json(answer.body);
  throw refused(base, answer);
}
