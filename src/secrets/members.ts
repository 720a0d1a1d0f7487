// The members of a secret's JSON object, as text.
import { ConnectlessError } from '../errors';

/** Throws SECRET_NOT_JSON. Strings, numbers and booleans have a text; what is nested has none. */
export function membersOf(secret: string, text: string | undefined): ReadonlyMap<string, string> {
  const members = Object.entries(objectIn(text) ?? notAnObject(secret, text));
  return new Map(members.flatMap(([key, value]) => (isScalar(value) ? [[key, String(value)]] : [])));
}

function objectIn(text: string | undefined): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    // The parser's own message would quote the secret.
    return undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function notAnObject(secret: string, text: string | undefined): never {
  const what = text === undefined ? 'is binary' : 'is no JSON object';
  throw new ConnectlessError(
    'SECRET_NOT_JSON',
    `The secret ${secret} ${what}: store it as key/value pairs, like {"username":"…","password":"…"}.`,
  );
}
