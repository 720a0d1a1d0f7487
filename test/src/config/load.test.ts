// Files on disk: the tutorial's, their references, and those that cannot be read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConnector, loadPipeline, loadWorker, validateFiles } from '../../../src/config/load';
import { ConnectlessError, messageOf } from '../../../src/errors';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'connectless-config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, lines: readonly string[]): string {
  const path = join(directory, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const worker = (...more: string[]) =>
  write('worker.properties', [
    'value.converter=io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url=http://localhost:8081',
    `offset.storage.file.filename=${directory}/connect.offsets`,
    ...more,
  ]);
const source = (...more: string[]) =>
  write('source.properties', [
    'name=s',
    'connector.class=io.confluent.connect.jdbc.JdbcSourceConnector',
    'mode=incrementing',
    'topic.prefix=in-',
    ...more,
  ]);

describe("the tutorial's files", () => {
  const files = ['connect-postgresql', 'processor', 's3-sink'].map((name) => `connectors/${name}.properties`);

  test('have no fault, and say the pipeline', async () => {
    const { worker: workerConfig, connectors } = await loadPipeline('connectors/worker.properties', files, {});
    expect(workerConfig).toMatchObject({
      stateUrl: 'file:///tmp/connectless-state',
      valueRegistry: { url: 'http://localhost:8081' },
    });
    expect(connectors).toMatchObject([
      { kind: 'source', incrementingColumn: 'id', topicPrefix: 'confluent-in-', postgres: { database: 'postgres' } },
      { kind: 'processor', topics: ['confluent-in-prices'], outputTopic: 'confluent-out-prices' },
      { kind: 'sink', topics: ['confluent-out-prices'], flushSize: 3, partSize: 5242880, topicsDir: 'topics' },
    ]);
  });

  test("may be given as a shell's glob, the worker's file among the connectors'", async () => {
    const all = ['connectors/worker.properties', ...files];
    const { connectors } = await loadPipeline('connectors/worker.properties', all, {});
    expect(connectors).toHaveLength(3);
  });
});

describe('a lambda', () => {
  test('finds its files by environment variables', async () => {
    const env = {
      CONNECTLESS_WORKER: 'connectors/worker.properties',
      CONNECTLESS_CONNECTOR: 'connectors/s3-sink.properties',
    };
    expect((await loadConnector('sink', env)).connector.kind).toBe('sink');
    expect((await loadWorker(env)).kafka.brokers).toEqual(['localhost:9092']);
  });

  test('refuses a connector of another kind than its own', async () => {
    const env = {
      CONNECTLESS_WORKER: 'connectors/worker.properties',
      CONNECTLESS_CONNECTOR: 'connectors/s3-sink.properties',
    };
    await expect(loadConnector('source', env)).rejects.toThrow('names s3-sink, which is no source');
  });

  test('is told which variable is not set', async () => {
    await expect(loadConnector('sink', {})).rejects.toThrow('CONNECTLESS_WORKER is not set');
  });
});

describe('references', () => {
  test('to the environment and to a file are replaced, declared or not', async () => {
    const secrets = write('secrets.properties', ['password=p&q']);
    const file = source(
      `connection.url=jdbc:postgresql://\${env:HOST}:5432/d`,
      'connection.user=me',
      `connection.password=\${file:${secrets}:password}`,
    );
    const { connectors } = await loadPipeline(worker(), [file], { HOST: 'db' });
    expect(connectors).toMatchObject([{ postgres: { host: 'db', user: 'me', password: 'p&q' } }]);
  });

  test('are declared as Kafka has it', async () => {
    const declared = worker(
      'config.providers=env,file',
      'config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider',
      'config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider',
    );
    const { connectors } = await loadPipeline(declared, [source(`connection.url=\${env:URL}`)], {
      URL: 'jdbc:postgresql://h/d',
    });
    expect(connectors).toHaveLength(1);
  });

  test('that lead nowhere are faults with file and line', async () => {
    const secrets = write('secrets.properties', ['password=p']);
    const { faults } = await validateFiles(
      worker(),
      [
        source(
          'connection.url=jdbc:postgresql://h/d',
          `connection.user=\${env:NOBODY}`,
          `connection.password=\${file:${secrets}:pasword}`,
          `db.timezone=\${file:/nowhere:tz}`,
        ),
      ],
      {},
    );
    expect(faults.map(({ line, what }) => [line, what])).toEqual([
      [6, 'refers to the environment variable NOBODY, which is not set'],
      [7, `refers to pasword, which ${secrets} does not have`],
      [8, 'refers to a file "/nowhere" that cannot be read'],
    ]);
  });

  test('stay references in a report, so that no value from outside is shown', async () => {
    const { faults } = await validateFiles(worker(), [source(`connection.url=\${env:URL}`)], {
      URL: 'jdbc:mysql://h/hunter2',
    });
    expect(JSON.stringify(faults)).toContain(`\${env:URL}`);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});

test('files that do not exist are faults with their names, beside the faults of the others', async () => {
  const error = await loadPipeline(
    'no-worker.properties',
    ['no-source.properties', source('connection.url=x')],
    {},
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConnectlessError);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', retryable: false });
  expect(messageOf(error)).toContain('no-worker.properties: does not exist; ');
  expect(messageOf(error)).toContain('no-source.properties: does not exist; ');
  expect(messageOf(error)).toContain('source.properties:5: connection.url: "x" is no JDBC URL; ');
});

test('a directory in place of a file is a fault', async () => {
  await expect(loadPipeline(directory, [], {})).rejects.toThrow('cannot be read');
});
