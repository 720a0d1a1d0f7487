// One run: writers write, the source reads, troubles come one after the other; then everything heals, and is counted.
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaTopicLog } from '../../../src/kafka/kafka-topic-log';
import type { TopicLog } from '../../../src/kafka/topic-log';
import { type Random, random } from '../../simulation/random';
import { type Load, startLoad } from './load';
import { type CrashServers, startCrashServers } from './servers';
import { type SourceProcess, startSourceProcess } from './source-process';
import { crashModes, type SourceSite, sourceSite } from './source-site';
import { startStrangers } from './strangers';
import { crashTables } from './tables';
import { tableVerdict } from './verdict';

interface Running {
  readonly servers: CrashServers;
  readonly source: SourceProcess;
  readonly chance: Random;
}

/** Something that happens to a run; answers when it is over, what it has broken healed. */
export type Trouble = (running: Running) => Promise<void>;

export interface CrashRun {
  readonly seed: number;
  readonly mode: keyof typeof crashModes;
  readonly troubles: readonly Trouble[];
  readonly hasStandby?: boolean;
  /** Of an invocation. */
  readonly timeoutMs?: number;
}

export interface Outcome {
  readonly rows: number;
  readonly seconds: number;
  /** Invocations that failed, by what they said. */
  readonly failures: Readonly<Record<string, number>>;
  /** Each with what is wrong. */
  readonly faults: readonly string[];
  readonly log: readonly string[];
}

const PARTITIONS = 4;
const PAGE = 100;
const TIMEOUT_MS = 4000;
/** Longer than any lease, and than starting anew. */
const PATIENCE_MS = 40_000;

export async function runCrash(options: CrashRun): Promise<Outcome> {
  const { seed, mode, hasStandby = false, timeoutMs = TIMEOUT_MS } = options;
  const servers = await startCrashServers(hasStandby);
  try {
    const site = await sourceSite(servers, {
      partitions: PARTITIONS,
      batchMaxRows: PAGE,
      timeoutMs,
      mode: crashModes[mode],
    });
    return await judged(site, options, seed);
  } finally {
    await servers.stop();
  }
}

async function judged(site: SourceSite, { troubles }: CrashRun, seed: number): Promise<Outcome> {
  const { servers } = site;
  const start = performance.now();
  const load = startLoad(servers.postgresUrl, seed);
  const strangers = startStrangers(site, seed);
  const source = startSourceProcess(site.function);
  const log = kafkaTopicLog(site.kafka);
  try {
    const chance = random(seed);
    for (const trouble of troubles) await trouble({ servers, source, chance });
    await Promise.all([load.stop(), strangers.stop()]);
    const verdict = await settled(site, log, load);
    const seconds = Math.round((performance.now() - start) / 1000);
    return { ...verdict, seconds, failures: Object.fromEntries(source.failures), log: source.log };
  } finally {
    await Promise.all([load.stop(), strangers.stop(), source.stop()]);
    await log.close();
  }
}

interface Verdict {
  readonly rows: number;
  readonly faults: readonly string[];
}

/** When nothing is wrong any more, or nothing has come for long; and then once more, for what came too late comes double. */
async function settled(site: SourceSite, log: TopicLog, load: Load): Promise<Verdict> {
  let before = -1;
  for (let cameAt = Date.now(); Date.now() - cameAt < PATIENCE_MS; await sleep(1000)) {
    const now = await records(site, log);
    if (now === before && (await faultsOf(site, log, load)).faults.length === 0) break;
    if (now !== before) cameAt = Date.now();
    before = now;
  }
  await sleep(site.function.timeoutMs / 2);
  return faultsOf(site, log, load);
}

async function records({ topic }: SourceSite, log: TopicLog): Promise<number> {
  const ends = await Promise.all(crashTables.map(({ name }) => log.ends(topic(name))));
  return ends.flat().reduce((a, b) => a + b, 0);
}

const MOST = 10;

async function faultsOf(site: SourceSite, log: TopicLog, { acknowledged }: Load): Promise<Verdict> {
  const faults: string[] = [];
  let sum = 0;
  for (const { name } of crashTables) {
    const { rows, ...ids } = await tableVerdict(site, log, name, acknowledged.get(name) ?? []);
    sum += rows;
    for (const [what, its] of Object.entries(ids)) {
      if (its.length > 0) faults.push(`${name}: ${its.length} of ${rows} ${what}: ${its.slice(0, MOST).join()}`);
    }
  }
  return { rows: sum, faults };
}
