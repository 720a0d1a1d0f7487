// Synthesises every configuration into `<directory>/<name>.json`: `tsx main.ts <directory>`. The directory appears when all are there.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurations, variants } from './configurations';
import { synthesise, synthesiseExample } from './synthesise';

async function synthesiseAll(directory: string): Promise<void> {
  const unfinished = `${directory}.${process.pid}`;
  const work = mkdtempSync(join(tmpdir(), 'connectless-synthesis-'));
  mkdirSync(unfinished, { recursive: true });
  try {
    const all = Object.entries({ ...configurations, ...variants }).map(
      ([name, configuration]) => [name, () => synthesise(configuration, join(work, name))] as const,
    );
    for (const [name, make] of [...all, ['own-app', () => synthesiseExample(join(work, 'own-app'))] as const]) {
      const made = await make().catch((error) => ({ failed: String(error) }));
      writeFileSync(join(unfinished, `${name}.json`), JSON.stringify(made));
    }
    renameSync(unfinished, directory);
  } finally {
    rmSync(work, { recursive: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

synthesiseAll(process.argv[2] ?? '').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
