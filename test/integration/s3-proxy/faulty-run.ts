// Rows go through the sink while S3 fails some of its requests.
import { random } from '../../simulation/random';
import { environment } from '../environment';
import { judged, type Outcome, producer, type Rows, startWorker, waitFor } from '../sink-crash/run';
import { sinkProcess } from '../sink-crash/sink-process';
import { sinkSite } from '../sink-crash/sink-site';
import { startFaultyS3 } from './faulty-s3';
import type { Way } from './ways';

export interface FaultyOptions extends Rows {
  readonly seed: number;
  readonly partitions: number;
  readonly flushSize: number;
  /** Of the requests, of 1. */
  readonly share: number;
  /** Some are never answered: each costs the client's time-out. */
  readonly silence?: boolean;
}

export interface FaultyOutcome extends Outcome {
  readonly requests: number;
  readonly failed: Readonly<Partial<Record<Way, number>>>;
  /** Invocations that failed and came again, by what they said. */
  readonly failures: Readonly<Record<string, number>>;
}

export async function runFaulty(options: FaultyOptions): Promise<FaultyOutcome> {
  const { seed, partitions, flushSize, share, silence = false, rows } = options;
  const s3 = await startFaultyS3(environment().s3Endpoint, { random: random(seed), share, silence });
  try {
    const site = await sinkSite({
      partitions,
      s3Endpoint: s3.url,
      properties: { 'flush.size': String(flushSize), 's3.retry.backoff.ms': '20' },
    });
    const worker = startWorker(site, sinkProcess(site, 'worker'));
    const outcome = await judged(site, options, async () => {
      const source = producer(site, options);
      try {
        await source.produce(rows);
        await waitFor('all rows are safe', [worker], () => worker.delivered() >= rows);
      } finally {
        await Promise.all([worker.stop(), source.close()]);
      }
    });
    const failed = Object.fromEntries(s3.failed);
    return { ...outcome, requests: s3.requests(), failed, failures: Object.fromEntries(worker.failures) };
  } finally {
    await s3.stop();
  }
}
