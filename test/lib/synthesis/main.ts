// Synthesises every configuration into `<directory>/<name>.json`: `tsx main.ts <directory>`. The directory appears when all are there.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurations, variants } from './configurations';
import { synthesise } from './synthesise';

async function synthesiseAll(directory: string): Promise<void> {
  const unfinished = `${directory}.${process.pid}`;
  const work = mkdtempSync(join(tmpdir(), 'connectless-synthesis-'));
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const [name, configuration] of Object.entries({ ...configurations, ...variants })) {
      const made = await synthesise(configuration, join(work, name)).catch((error) => ({ failed: String(error) }));
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
