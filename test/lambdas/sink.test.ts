// The sink's function, as far as it goes without S3.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { handler } from '../../lambdas/sink';
import { type WorkerFiles, workerFiles } from './worker-files';

let files: WorkerFiles;
let written = '';
beforeEach(() => {
  files = workerFiles([
    'name=prices-sink',
    'connector.class=io.confluent.connect.s3.S3SinkConnector',
    'topics=prices',
    's3.region=eu-central-1',
    's3.bucket.name=bucket',
    'format.class=io.confluent.connect.s3.format.avro.AvroFormat',
    'storage.class=io.confluent.connect.s3.storage.S3Storage',
    'flush.size=3',
  ]);
  written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  files.remove();
});

test('a flush looks through the state, and says what it found as a metric of the connector', async () => {
  await handler({ connectless: 'flush' });
  expect(JSON.parse(written)).toMatchObject({ connector: 'prices-sink', SinkOpenRecords: 0, StateLists: 1 });
});

test('an event without records is answered', async () => {
  await expect(handler({ eventSource: 'aws:kafka', records: {} })).resolves.toBeUndefined();
});

test('an event that is neither a trigger’s nor the schedule’s is refused', async () => {
  await expect(handler({ version: '0', source: 'aws.events' })).rejects.toMatchObject({ code: 'EVENT_UNKNOWN' });
});
