// The `--property name=value` of Confluent's console tools.
import { ConnectlessError } from '../src/errors';

/** Commander's collector of an option that may be given several times. */
export function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** The values by name; of several for one name the last one counts. Throws USAGE for a name that is not known. */
export function parseProperties(texts: readonly string[], known: readonly string[]): ReadonlyMap<string, string> {
  return new Map(texts.map((text) => parseProperty(text, known)));
}

function parseProperty(text: string, known: readonly string[]): readonly [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals === -1) throw usage(`--property ${text}: write --property ${text}=value`);
  const name = text.slice(0, equals).trim();
  if (!known.includes(name)) throw usage(`--property ${name} is not known: write one of ${known.join(', ')}`);
  return [name, text.slice(equals + 1)];
}

/** False when it is not given. Throws USAGE for anything but true and false. */
export function flag(properties: ReadonlyMap<string, string>, name: string): boolean {
  const value = properties.get(name) ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw usage(`--property ${name}=${value}: write true or false`);
}

/** `key.separator`, a tab when it is not given. */
export function separator(properties: ReadonlyMap<string, string>): string {
  return properties.get('key.separator') ?? '\t';
}

export function usage(message: string): ConnectlessError {
  return new ConnectlessError('USAGE', message);
}
