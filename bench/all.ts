// `npm run bench`: every benchmark, one after the other, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const benchmarks = [
  'sink-event',
  'sink-deflate',
  'avro-codec',
  'sink-memory',
  'sink-requests',
  'standalone',
  'source',
  'source-backlog',
  'cold-start',
];

for (const name of benchmarks) {
  console.log(`\n## ${name}\n`);
  const { status } = spawnSync('tsx', [join(__dirname, `${name}.ts`)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
