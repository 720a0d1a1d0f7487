// Keeps the records of started servers, and ends what a killed run left behind.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { judge, parseRunRecord, type RunRecord } from './leftover-rule';
import { projectRoot } from './parts';
import { processStart } from './process-start';

const folder = join(projectRoot, '.connectless', 'run');
const patienceMs = 10_000;

/** The record of a process that we just started; undefined when it has ended already. */
export function recordOf(server: Pick<RunRecord, 'name' | 'pid' | 'stopSignal' | 'directory'>): RunRecord | undefined {
  const started = processStart(server.pid);
  const ownerStarted = processStart(process.pid);
  if (started === undefined || ownerStarted === undefined) return undefined;
  return { ...server, started, owner: process.pid, ownerStarted };
}

/** Synchronous: a run that is killed right after must already have left it. */
export function writeRecord(record: RunRecord): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${fileOf(record.pid)}.new`, JSON.stringify(record));
  renameSync(`${fileOf(record.pid)}.new`, fileOf(record.pid));
}

/** Asks the process to end, waits, kills it when it does not; then kills what it started, and removes its folder and its record. */
export async function endServer(record: RunRecord): Promise<void> {
  const runs = () => processStart(record.pid) === record.started;
  const deadline = Date.now() + patienceMs;
  const ran = runs();
  if (ran) process.kill(record.pid, record.stopSignal);
  while (runs() && Date.now() < deadline) await setTimeout(20);
  if (runs()) process.kill(record.pid, 'SIGKILL');
  while (runs()) await setTimeout(20);
  if (ran) killGroup(record.pid);
  await removeFolder(record);
  rmSync(fileOf(record.pid), { force: true });
}

/** Each server leads a process group: MiniStack's functions outlive it there when they hold connections. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Of all runs of this checkout. */
export function runRecords(): RunRecord[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readRecord(join(folder, name)) ?? []);
}

/** @param say gets one line for each server that was ended */
export async function endLeftovers(say: (line: string) => void): Promise<void> {
  for (const record of runRecords()) {
    const verdict = judge(record, processStart);
    if (verdict === 'owned') continue;
    await endServer(record);
    if (verdict === 'left behind') {
      say(`Ended ${record.name} (pid ${record.pid}), left behind by a run that was killed (pid ${record.owner}).`);
    }
  }
}

/** undefined when its server has just ended. One that is not whole is removed: nothing can be done with it. */
function readRecord(file: string): RunRecord | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const record = text === undefined ? undefined : parseRunRecord(text);
  if (record === undefined) rmSync(file, { force: true });
  return record;
}

/** A record is a file that anybody could have edited: only folders of ours are removed. */
async function removeFolder({ directory }: RunRecord): Promise<void> {
  if (!basename(directory).startsWith('connectless-')) return;
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}

function fileOf(pid: number): string {
  return join(folder, `${pid}.json`);
}
