// One run: rows go through a topic and the sink while something happens to it; then everything is closed and counted.
import { setTimeout as sleep } from 'node:timers/promises';
import { startEventSource } from '../../../local/event-source/event-source';
import { messageOf } from '../../../src/errors';
import { kafkaTopicLog } from '../../../src/kafka/kafka-topic-log';
import { recordsByPartition, triggerEvent } from '../../../src/kafka/msk-event';
import { METRICS } from '../../../src/names';
import { sinkFlush } from '../../../src/sink/flush';
import { freshName } from '../fresh-topic';
import { uploadsLeft, watchFiles } from './file-watch';
import { rowMessages } from './rows';
import type { SinkProcess } from './sink-process';
import type { SinkSite } from './sink-site';
import { faultsOf } from './verdict';

export interface Rows {
  readonly rows: number;
  /** Characters of each. */
  readonly length: number;
}

/** A consumer group of its own, and the process that it invokes. */
export interface Worker {
  readonly process: SinkProcess;
  /** Rows that it has been told are safe. */
  delivered(): number;
  /** Failures of invocations, by message. */
  readonly failures: ReadonlyMap<string, number>;
  /** Offsets that its consumer did not deliver. */
  readonly skipped: readonly string[];
  stop(): Promise<void>;
}

export function startWorker({ topic, worker: { kafka } }: SinkSite, process: SinkProcess): Worker {
  const next = new Map<number, number>();
  const failures = new Map<string, number>();
  const skipped: string[] = [];
  let isOver = false;
  const count = (error: unknown) => {
    failures.set(messageOf(error), (failures.get(messageOf(error)) ?? 0) + 1);
  };
  const deliver = async (event: unknown): Promise<boolean> => {
    try {
      for (const piece of pieces(event, RECORDS_AT_ONCE)) await process.invoke(piece);
      return true;
    } catch (error) {
      count(error);
      return false;
    }
  };
  const source = startEventSource({
    kafka,
    groupId: freshName('crash'),
    topics: [topic],
    batchingWindowMs: 100,
    invoke: async (event) => {
      const partitions = recordsByPartition(triggerEvent(event));
      skipped.push(...partitions.flatMap((one) => passedOver(one, next.get(one.partition) ?? 0)));
      while (!(await deliver(event))) {
        if (isOver) throw new Error('the run is over');
        await sleep(AGAIN_MS);
      }
      for (const { partition, records } of partitions) next.set(partition, (records.at(-1)?.offset ?? -1) + 1);
    },
    onFailure: count,
  });
  return {
    process,
    failures,
    skipped,
    delivered: () => [...next.values()].reduce((sum, offset) => sum + offset, 0),
    async stop() {
      isOver = true;
      await source.stop();
      await process.end();
    },
  };
}

/** An event source waits longer from failure to failure; twenty kills would take minutes of it. */
const AGAIN_MS = 20;

/** Offsets that the consumer did not deliver: then it is not the sink that lost them. */
function passedOver(
  { partition, records }: { partition: number; records: readonly { offset: number }[] },
  next: number,
) {
  const first = records[0]?.offset ?? next;
  return first > next ? [`The consumer passed over the offsets ${next} to ${first - 1} of partition ${partition}`] : [];
}

/** Of each partition: small events are many chances to die, and one that fails brings back what was taken before. */
const RECORDS_AT_ONCE = 250;

/** The event cut into several, each with the next few records of every partition. */
function pieces(event: unknown, size: number): unknown[] {
  const { records, ...origin } = event as { records: Record<string, unknown[]> };
  const longest = Math.max(...Object.values(records).map(({ length }) => length));
  return Array.from({ length: Math.ceil(longest / size) }, (_, index) => {
    const cut = Object.entries(records).map(([of, its]) => [of, its.slice(index * size, (index + 1) * size)] as const);
    return { ...origin, records: Object.fromEntries(cut.filter(([, its]) => its.length > 0)) };
  });
}

/** Appends the next rows with each call; answers how many there are by then. */
export function producer(site: SinkSite, { length }: Rows) {
  const log = kafkaTopicLog(site.worker.kafka);
  const { partitions, schemaId } = site;
  let produced = 0;
  return {
    close: () => log.close(),
    async produce(until: number): Promise<void> {
      while (produced < until) {
        const end = Math.min(until, produced + Math.max(1, Math.floor(CHUNK_BYTES / (length + 50))));
        await log.append(site.topic, rowMessages(produced, end, { partitions, schemaId, length }));
        produced = end;
      }
    },
  };
}

const CHUNK_BYTES = 700_000;

/** Throws when it has not happened within the patience; the message says what the workers have met. */
export async function waitFor(what: string, workers: readonly Worker[], happened: () => boolean): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!happened()) {
    if (Date.now() > until) {
      const met = workers.map((worker) => `${worker.delivered()} delivered, ${failuresOf(worker)}`);
      throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${what}. Workers: ${met.join('; ')}`);
    }
    await sleep(5);
  }
}

const PATIENCE_MS = 900_000;

function failuresOf({ failures }: Worker): string {
  return JSON.stringify(Object.fromEntries(failures));
}

export interface Outcome {
  readonly files: number;
  readonly seconds: number;
  /** Rows in open files when all were safe. */
  readonly open: number;
  readonly faults: readonly string[];
}

/** Carries out `act` under the watch of the bucket; then flushes, by a clock at which every orphan is old enough, and judges. */
export async function judged(site: SinkSite, { rows, length }: Rows, act: () => Promise<void>): Promise<Outcome> {
  const watch = watchFiles(site.bucket);
  const start = performance.now();
  await act();
  const seconds = (performance.now() - start) / 1000;
  const now = site.sinkHere(0);
  await sinkFlush(now);
  const open = Number(now.metrics.values[METRICS.sinkOpenRecords] ?? 0);
  await sinkFlush(site.sinkHere(2 * HOUR_MS), true);
  const { bucket, partitions, config } = site;
  const full = config.rotateScheduleMs === undefined;
  const { files, faults } = await faultsOf({ bucket, partitions, rows, length, flushSize: config.flushSize, full });
  return { files, seconds, open, faults: [...faults, ...(await watch.end()), ...(await uploadsLeft(bucket))] };
}

const HOUR_MS = 3_600_000;
