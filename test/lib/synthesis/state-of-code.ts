// One name for all that a synthesis depends on: the text of the code, the connector files and the versions of the packages.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../local/servers/parts';

const DEPENDS_ON = [
  'lib',
  'src',
  'lambdas',
  'connectors',
  'examples',
  'cdk.json',
  'package-lock.json',
  'test/fixtures/deployment',
  'test/lib/synthesis',
];

export function stateOfCode(): string {
  const hash = createHash('sha256');
  for (const file of DEPENDS_ON.flatMap((entry) => filesIn(join(projectRoot, entry)))) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
