// Measures the sink's handler as Lambda runs it: tsx keeps the functions' names, which slows them, so a bundle runs the rounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../lib/bundling';

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-sink-event-'));
  try {
    const { path: rounds } = await bundle(join(__dirname, 'sink-event-rounds.ts'), 'sink-event', directory);
    const { status } = spawnSync(process.execPath, [rounds, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

void main();
