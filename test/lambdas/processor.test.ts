// The processor's function, as far as it goes without Kafka.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { handler } from '../../lambdas/processor';
import { type WorkerFiles, workerFiles } from './worker-files';

let files: WorkerFiles;
beforeAll(() => {
  files = workerFiles([
    'name=copy',
    'connector.class=connectless.Processor',
    'topics=in',
    'connectless.output.topic=out',
  ]);
});
afterAll(() => files.remove());

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

test('an event without records is answered', async () => {
  await expect(handler({ eventSource: 'aws:kafka', records: {} }, context)).resolves.toBeUndefined();
});

test('an event that is no trigger’s is refused, not passed over', async () => {
  await expect(handler({ connectless: 'flush' }, context)).rejects.toMatchObject({ code: 'EVENT_UNKNOWN' });
});
