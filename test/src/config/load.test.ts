// Files on disk: the tutorial's, their references, and those that cannot be read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConnector, loadPipeline, loadWorker, validateDeployment, validateFiles } from '../../../src/config/load';
import { ConnectlessError, messageOf } from '../../../src/errors';

const noSecrets = async (secret: string): Promise<never> => {
  throw new Error(`${secret} was asked for`);
};

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
    const { config, faults } = await validateFiles('connectors/worker.properties', files, {});
    expect(faults).toEqual([]);
    expect(config?.worker).toMatchObject({
      stateUrl: 'file:///tmp/connectless-state',
      valueRegistry: { url: 'http://localhost:8081' },
    });
    expect(config?.connectors).toMatchObject([
      { kind: 'source', incrementingColumn: 'id', topicPrefix: 'confluent-in-', database: { database: 'postgres' } },
      { kind: 'processor', topics: ['confluent-in-prices'], outputTopic: 'confluent-out-prices' },
      { kind: 'sink', topics: ['confluent-out-prices'], flushSize: 3, partSize: 5242880, topicsDir: 'topics' },
    ]);
  });

  test("may be given as a shell's glob, the worker's file among the connectors'", async () => {
    const all = ['connectors/worker.properties', ...files];
    const { config } = await validateFiles('connectors/worker.properties', all, {});
    expect(config?.connectors).toHaveLength(3);
  });
});

describe('a lambda', () => {
  test('finds its files by environment variables', async () => {
    const env = {
      CONNECTLESS_WORKER: 'connectors/worker.properties',
      CONNECTLESS_CONNECTOR: 'connectors/processor.properties',
    };
    expect((await loadConnector('processor', noSecrets, env)).connector.kind).toBe('processor');
    expect((await loadWorker(noSecrets, env)).kafka.brokers).toEqual(['localhost:9092']);
  });

  test('finds them beside its bundle when their paths are relative', async () => {
    const env = { CONNECTLESS_WORKER: 'worker.properties', CONNECTLESS_CONNECTOR: 'processor.properties' };
    await expect(loadConnector('processor', noSecrets, env)).rejects.toThrow('does not exist');
    const deployed = { ...env, LAMBDA_TASK_ROOT: resolve('connectors') };
    expect((await loadConnector('processor', noSecrets, deployed)).connector.name).toBe('processor');
    expect((await loadWorker(noSecrets, deployed)).kafka.brokers).toEqual(['localhost:9092']);
  });

  test('refuses a connector of another kind than its own', async () => {
    const env = {
      CONNECTLESS_WORKER: 'connectors/worker.properties',
      CONNECTLESS_CONNECTOR: 'connectors/processor.properties',
    };
    await expect(loadConnector('source', noSecrets, env)).rejects.toThrow('names processor, which is no source');
  });

  test('is told which variable is not set', async () => {
    await expect(loadConnector('processor', noSecrets, {})).rejects.toThrow('CONNECTLESS_WORKER is not set');
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
    const { connectors } = await loadPipeline(worker(), [file], noSecrets, { HOST: 'db' });
    expect(connectors).toMatchObject([{ database: { host: 'db', user: 'me', password: 'p&q' } }]);
  });

  test('are declared as Kafka has it', async () => {
    const declared = worker(
      'config.providers=env,file',
      'config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider',
      'config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider',
    );
    const { connectors } = await loadPipeline(declared, [source(`connection.url=\${env:URL}`)], noSecrets, {
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
    noSecrets,
    {},
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConnectlessError);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', retryable: false });
  expect(messageOf(error)).toContain('no-worker.properties: does not exist; ');
  expect(messageOf(error)).toContain('no-source.properties: does not exist; ');
  expect(messageOf(error)).toContain('source.properties:5: connection.url: "x" is no JDBC URL; ');
});

test('a directory in place of a file is a fault', async () => {
  await expect(loadPipeline(directory, [], noSecrets, {})).rejects.toThrow('cannot be read');
});

describe('a placeholder', () => {
  const url = 'jdbc:postgresql://<aurora>:5432/d?password=p';

  test('is fine to check and to deploy', async () => {
    const files = [worker('bootstrap.servers=<msk>:9098'), [source(`connection.url=${url}`)], {}] as const;
    expect((await validateFiles(...files)).faults).toEqual([]);
    const { config, faults } = await validateDeployment(...files);
    expect(faults).toEqual([]);
    expect(config?.worker.kafka.brokers).toEqual(['<msk>:9098']);
  });

  test('in any address is a fault where the files are run', async () => {
    const files = [
      worker('bootstrap.servers=b:9092,<msk>', 'connectless.state.url=<state>'),
      [source(`connection.url=${url}`)],
    ] as const;
    const error = await loadPipeline(...files, noSecrets, {}).catch(messageOf);
    const what = 'is a placeholder that the deployment fills in; write the real value to run here';
    expect(String(error).replaceAll(directory, '').split('\n')).toEqual([
      expect.stringMatching(new RegExp(`worker.properties:4: bootstrap.servers: ${what}$`)),
      expect.stringMatching(new RegExp(`worker.properties:5: connectless.state.url: ${what}$`)),
      expect.stringMatching(new RegExp(`source.properties:5: connection.url: ${what}$`)),
      '3 faults in the configuration.',
    ]);
    await expect(loadWorker(noSecrets, { CONNECTLESS_WORKER: files[0] })).rejects.toThrow('is a placeholder');
  });

  test.each(['jdbc:aws-dataapi://<cluster>/d', 'jdbc:aws-dataapi://<cluster>/d?secretArn=<secret>'])(
    'in %s is one, too',
    async (address) => {
      const files = [worker('bootstrap.servers=b:9092'), [source(`connection.url=${address}`)]] as const;
      expect((await validateFiles(...files, {})).faults).toEqual([]);
      await expect(loadPipeline(...files, noSecrets, {})).rejects.toThrow('connection.url: is a placeholder');
    },
  );

  test('is nothing that a password looks like', async () => {
    const file = source('connection.url=jdbc:postgresql://h/d?password=<p>', 'connection.password=<p>');
    expect((await loadPipeline(worker(), [file], noSecrets, {})).connectors).toHaveLength(1);
  });
});
