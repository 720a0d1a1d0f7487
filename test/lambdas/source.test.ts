// The source's function, as far as it goes without a database.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { handler } from '../../lambdas/source';
import { PREFLIGHT_EVENT } from '../../src/names';
import { type WorkerFiles, workerFiles } from './worker-files';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

let files: WorkerFiles;
beforeEach(() => {
  files = workerFiles([
    'name=prices',
    'connector.class=io.confluent.connect.jdbc.JdbcSourceConnector',
    'connection.url=jdbc:postgresql://127.0.0.1:1/shop?user=reader',
    'mode=incrementing',
    'topic.prefix=in-',
  ]);
});
afterEach(() => files.remove());

test('answers what stands in its way when a deployment asks, and reads nothing', async () => {
  expect(await handler(PREFLIGHT_EVENT, context)).toMatchObject({
    looked: [],
    findings: [{ severity: 'error', code: 'POSTGRES_UNAVAILABLE' }],
  });
});
