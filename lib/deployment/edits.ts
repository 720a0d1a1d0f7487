// Changes to a properties file, and the file as text again.
import { escapeKey, escapeValue } from 'properties-file/escape';
import type { PropertiesFile } from '../../src/config/properties';

/** Property → its value on AWS; undefined takes the property out. */
export type Edits = Readonly<Record<string, string | undefined>>;

/** A reference to what the function's environment says. */
export function fromEnvironment(name: string): string {
  return `\${env:${name}}`;
}

/** A file and what changes in it. */
export interface Changed {
  readonly file: PropertiesFile;
  readonly edits: Edits;
}

/** The file's properties in their order with the edits, and behind them those that the file lacks. */
export function edited({ properties }: PropertiesFile, edits: Edits): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const { key, value } of properties) result.set(key, value);
  for (const [key, value] of Object.entries(edits)) {
    if (value === undefined) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

/** Java's format, ASCII only. */
export function propertiesText(properties: ReadonlyMap<string, string>): string {
  return [...properties].map(([key, value]) => `${escapeKey(key, true)}=${escapeValue(value, true)}\n`).join('');
}
