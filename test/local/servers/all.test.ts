// Servers that the environment names are used, not started.
import { expect, test } from '@jest/globals';
import { type Progress, startServers } from '../../../local/servers/all';

test("a reader's own servers are taken as they are, and no password is shown", async () => {
  const progress: Progress[] = [];
  const servers = await startServers({
    env: {
      CONNECTLESS_POSTGRES_URL: 'postgresql://me:secret@db.example:5433/shop',
      CONNECTLESS_KAFKA: 'b1.example:9092,b2.example:9092',
      CONNECTLESS_S3_ENDPOINT: 'https://s3.example',
    },
    onProgress: (step) => progress.push(step),
  });
  await servers.stop();
  expect(servers).toMatchObject({
    postgresUrl: 'postgresql://me:secret@db.example:5433/shop',
    kafkaBrokers: 'b1.example:9092,b2.example:9092',
    s3Endpoint: 'https://s3.example',
  });
  expect(progress).toEqual([
    { server: 'Postgres', state: 'given', address: 'db.example:5433' },
    { server: 'Kafka', state: 'given', address: 'b1.example:9092,b2.example:9092' },
    { server: 'S3', state: 'given', address: 's3.example' },
  ]);
});
