// Runs a benchmark's file as a function runs: bundled, in a process of its own. tsx keeps functions' names, which slows them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../lib/bundling';

/** What it wrote to stdout; its status becomes this process's when it fails. @param file beside this one, without its ending */
export async function runBundled(
  file: string,
  args: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), `connectless-${file}-`));
  try {
    const { path } = await bundle(join(__dirname, `${file}.ts`), file, directory);
    const { status, stdout } = spawnSync(process.execPath, [...nodeOptions, path, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      // The commit is asked for.
      cwd: __dirname,
    });
    if (status !== 0) process.exitCode = 1;
    return stdout;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
