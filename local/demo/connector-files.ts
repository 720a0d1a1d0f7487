// Copies of the tutorial's connector files that name this run's servers.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Property name → value that replaces the file's own, or is added to it. */
export type Overrides = Readonly<Record<string, string>>;

/** The file's text with each overridden property's line replaced; a property that the file lacks is added at its end. */
export function withOverrides(text: string, overrides: Overrides): string {
  const left = new Map(Object.entries(overrides));
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const name = line.split('=', 1)[0]?.trim() ?? '';
      const value = left.get(name);
      if (value === undefined) return line;
      left.delete(name);
      return `${name}=${value}`;
    });
  return `${[...lines, ...[...left].map(([name, value]) => `${name}=${value}`)].join('\n')}\n`;
}

/** Writes the copy into the directory and answers its path. @param name of the copy */
export async function copyWith(
  file: string,
  directory: string,
  overrides: Overrides,
  name = basename(file),
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const copy = join(directory, name);
  await writeFile(copy, withOverrides(await readFile(file, 'utf8'), overrides), { mode: 0o600 });
  return copy;
}
