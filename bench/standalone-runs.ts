// Runs the standalone command, or one part of it, until a topic is read, and says what CPU time that took.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { kafkaClient } from '../src/kafka/client';
import { processTree } from './process-tree';
import type { FilledTopic, Place } from './standalone-place';

export interface StandaloneUse {
  /** CPU seconds of the process that reads Kafka, and of the sink's function. */
  readonly worker: number;
  readonly sink: number;
  /** Of both. */
  readonly peakMb: number;
}

const POLL_MS = 200;
const project = join(__dirname, '..');

/** Until the group has committed all of the topic: then every record is safe, and every full file in the bucket. */
export async function standaloneSeconds(place: Place, filled: FilledTopic): Promise<StandaloneUse> {
  const command = [join(project, 'bin/connectless.cjs'), 'standalone', place.workerFile, filled.connectorFile];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (said = `${said}${text}`.slice(-2_000)));
  const ended = once(child, 'close');
  try {
    await Promise.race([committed(place, filled), ended.then(() => Promise.reject(new Error(said)))]);
    const tree = processTree(child.pid ?? 0);
    const isSink = ({ command }: { command: string }) => command.includes('runtime.mjs');
    const seconds = (all: typeof tree) => all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
    return {
      worker: seconds(tree.filter((process) => !isSink(process))),
      sink: seconds(tree.filter(isSink)),
      peakMb: tree.reduce((sum, { peakMb }) => sum + peakMb, 0),
    };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function committed({ kafka }: Place, { topic, records }: FilledTopic): Promise<void> {
  const admin = kafkaClient(kafka).admin();
  await admin.connect();
  try {
    for (;;) {
      const [offsets] = await admin.fetchOffsets({ groupId: `connect-sink-${topic}`, topics: [topic] });
      const done = offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0) ?? 0;
      if (done >= records) return;
      await setTimeout(POLL_MS);
    }
  } finally {
    await admin.disconnect();
  }
}

/** CPU seconds of a part alone, after the start of its process. */
export async function partSeconds(place: Place, part: 'client' | 'events', filled: FilledTopic): Promise<number> {
  const args = ['--import', 'tsx', join(__dirname, 'standalone-parts.ts'), part, place.workerFile, filled.topic];
  const out = execFileSync(process.execPath, [...args, String(filled.records)], { cwd: project, encoding: 'utf8' });
  return Number(out.trim().split('\n').at(-1));
}
