// One case of sink-memory: fills open files, then touches all of them in one event; prints what that took, as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SinkConfig } from '../src/config/sink-model';
import type { EventRecord } from '../src/kafka/msk-event';
import { emfMetrics } from '../src/metrics/emf';
import { sinkEvent } from '../src/sink/event';
import { sinkOn } from '../src/sink/sink';
import type { StateStore } from '../src/state/store';
import { wide } from './record-shapes';
import type { Held } from './sink-memory';
import { eventOf, eventRecord, nowhere, registryOf, sinkConfig, valuesOf } from './sink-setup';

const FILES = 1_000;
/** What fits into an event of 6 MB, as JSON. */
const EVENT_RECORDS = 10_000;
const [partitions, kilobytes] = [Number(process.argv[2]), Number(process.argv[3])];

/** A file for each state, so that the store takes none of the process's memory; versions are not looked at: there is one writer. */
function stateOnDisk(directory: string): StateStore {
  const sizes = new Map<string, number>();
  const pathOf = (key: string) => join(directory, key.replaceAll('/', '_'));
  const write = async (key: string, body: Buffer) => {
    await writeFile(pathOf(key), body);
    sizes.set(key, body.length);
    return '1';
  };
  return {
    read: async (key) => (sizes.has(key) ? { body: await readFile(pathOf(key)), version: '1' } : undefined),
    create: write,
    replace: write,
    list: async () => [],
  };
}

/** The events' JSON: file after file is filled, so that an event touches few of them, and the last event all. */
function* events(recordsEach: number): Generator<string> {
  const encode = valuesOf(wide);
  const offsets = new Map<number, number>();
  const recordOf = (file: number): EventRecord => {
    const partition = file % partitions;
    const offset = offsets.get(partition) ?? 0;
    offsets.set(partition, offset + 1);
    return eventRecord(partition, offset, encode(file));
  };
  let records: EventRecord[] = [];
  for (let count = 0; count < FILES * recordsEach; count += 1) {
    records.push(recordOf(Math.floor(count / recordsEach)));
    if (records.length < EVENT_RECORDS) continue;
    yield JSON.stringify(eventOf(records));
    records = [];
  }
  for (let file = 0; file < FILES; file += 1) records.push(recordOf(file));
  yield JSON.stringify(eventOf(records));
}

/** After everything that is garbage is gone; the memory of buffers goes a moment after the buffers. */
async function heldNow(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    global.gc?.();
    await setTimeout(100);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function fill(directory: string): Promise<Held> {
  const config: SinkConfig = {
    ...sinkConfig,
    flushSize: Number.MAX_SAFE_INTEGER,
    partitioner: partitions === 1 ? { kind: 'field', fields: ['column_0'] } : { kind: 'default' },
  };
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const registry = registryOf(wide);
  const sink = sinkOn(config, stateOnDisk(directory), nowhere, () => registry, emfMetrics(config.name));
  const recordBytes = valuesOf(wide)(0).length - 5;
  const recordsEach = Math.ceil((kilobytes * 1024) / recordBytes);
  const before = await heldNow();
  for (const json of events(recordsEach)) await sinkEvent(sink, JSON.parse(json));
  const heldBytes = ((await heldNow()) - before) / FILES;
  // The sink is still in use: its memory was not collected.
  if (sink.config !== config) throw new Error('unreachable');
  return {
    files: FILES,
    fileBytes: (recordsEach + 1) * recordBytes,
    peakMb: process.resourceUsage().maxRSS / 1024,
    heldBytes,
  };
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-sink-memory-'));
  try {
    console.log(JSON.stringify(await fill(directory)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

void main();
