// Passwords that a deployment would leave readable in the function's code.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConnector, loadPipeline, validateDeployment } from '../../../src/config/load';
import { messageOf } from '../../../src/errors';
import { type Properties, SINK, SOURCE, WORKER } from './files';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'connectless-deployment-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, properties: Properties): string {
  const path = join(directory, name);
  const lines = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  writeFileSync(path, lines.join('\n'));
  return path;
}

const env = { PASSWORD: 'hunter2', HOST: 'db' };
const secret = (key: string) => `\${secretsmanager:s:${key}}`;
const deployment = (worker: Properties, ...connectors: Properties[]) =>
  validateDeployment(
    write('w', worker),
    connectors.map((connector, index) => write(`c${index}`, connector)),
    env,
  );

const url = 'jdbc:postgresql://db/shop';
const scram = { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512' };
const jaas = (password: string) => ({
  ...scram,
  'sasl.jaas.config': `a.M required username="u" password="${password}";`,
});
const userInfo = (text: string) => ({
  'value.converter.basic.auth.credentials.source': 'USER_INFO',
  'value.converter.basic.auth.user.info': text,
});

describe('a password is marked', () => {
  test.each<[string, Properties, Properties, string[]]>([
    ['in a property', {}, { 'connection.url': url, 'connection.password': 'hunter2' }, ['connection.password']],
    [
      'that comes from the environment',
      {},
      { 'connection.url': url, 'connection.password': `\${env:PASSWORD}` },
      ['connection.password'],
    ],
    ['in the URL of the database', {}, {}, ['connection.url']],
    ['of the brokers', jaas('hunter2'), { 'connection.url': url }, ['sasl.jaas.config']],
    [
      'in the URL of the registry',
      { 'value.converter.schema.registry.url': 'https://u:hunter2@r' },
      { 'connection.url': url },
      ['value.converter.schema.registry.url'],
    ],
    [
      'in the URL of the registry of keys',
      { 'key.converter.schema.registry.url': 'https://u:hunter2@r' },
      { 'connection.url': url },
      ['key.converter.schema.registry.url'],
    ],
    [
      'of the registry',
      userInfo(`${secret('user')}:hunter2`),
      { 'connection.url': url },
      ['value.converter.basic.auth.user.info'],
    ],
  ])('%s', async (_, worker, source, properties) => {
    const { faults, plainSecrets } = await deployment({ ...WORKER, ...worker }, { ...SOURCE, ...source });
    expect(faults).toEqual([]);
    expect(plainSecrets.map(({ property }) => property)).toEqual(properties);
    expect(plainSecrets[0]).toMatchObject({ what: expect.stringContaining("would stand in the function's code") });
    expect(plainSecrets[0]?.write).toContain(`\${secretsmanager:SECRET:KEY}`);
    expect(plainSecrets[0]?.line).toBeGreaterThan(0);
    expect(JSON.stringify(plainSecrets)).not.toContain('hunter2');
  });
});

describe('a password is not marked', () => {
  test.each<[string, Properties, Properties]>([
    ['that is a secret', {}, { 'connection.url': url, 'connection.password': secret('p') }],
    ['that is empty', {}, { 'connection.url': url, 'connection.password': '' }],
    ['whose login is a secret as a whole', { ...scram, 'sasl.jaas.config': secret('jaas') }, { 'connection.url': url }],
    ['of a login that is a secret in part', jaas(secret('p')), { 'connection.url': url }],
    ['of user info that is a secret as a whole', userInfo(secret('info')), { 'connection.url': url }],
    ['of user info that is a secret in part', userInfo(`me:${secret('p')}`), { 'connection.url': url }],
    [
      'that has no effect',
      { 'confluent.license': 'hunter2', 'producer.sasl.jaas.config': undefined },
      { 'connection.url': url },
    ],
    [
      'where IAM logs in',
      {
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'AWS_MSK_IAM',
        'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
      },
      { 'connection.url': 'jdbc:aws-wrapper:postgresql://db/shop?wrapperPlugins=iam&user=u&sslmode=require' },
    ],
  ])('%s', async (_, worker, source) => {
    const { faults, plainSecrets } = await deployment({ ...WORKER, ...worker }, { ...SOURCE, ...source });
    expect(faults).toEqual([]);
    expect(plainSecrets).toEqual([]);
  });
});

test('a deployment gets the files as they are to be deployed: secrets stay, the rest is there', async () => {
  const { config, files } = await deployment(
    WORKER,
    { ...SINK, 'store.url': `http://\${env:HOST}:4566` },
    { ...SOURCE, 'connection.url': `jdbc:postgresql://\${env:HOST}/d`, 'connection.password': secret('p') },
  );
  expect(config?.connectors.map(({ name }) => name)).toEqual(['a-sink', 'a-source']);
  expect(files.worker.properties.map(({ key }) => key)).toEqual(Object.keys(WORKER));
  const written = (index: number, name: string) =>
    files.connectors[index]?.properties.find(({ key }) => key === name)?.value;
  expect(written(0, 'store.url')).toBe('http://db:4566');
  expect(written(1, 'connection.url')).toBe('jdbc:postgresql://db/d');
  expect(written(1, 'connection.password')).toBe(secret('p'));
});

describe('a run', () => {
  const source = {
    ...SOURCE,
    'connection.url': url,
    'connection.user': secret('u'),
    'connection.password': secret('p'),
  };

  test('reads what the deployment left as a reference', async () => {
    const read = async (name: string) =>
      new Map([
        ['u', `${name}-user`],
        ['p', 'hunter2'],
      ]);
    const paths = { CONNECTLESS_WORKER: write('w', WORKER), CONNECTLESS_CONNECTOR: write('c0', source) };
    const { connector } = await loadConnector('source', read, paths);
    expect(connector.database).toMatchObject({ user: 's-user', password: 'hunter2' });
  });

  test('of faulty files asks for no secret', async () => {
    const read = async (): Promise<never> => {
      throw new Error('it was asked for');
    };
    const files = [write('c0', { ...source, mode: 'nope' })];
    expect(await loadPipeline(write('w', WORKER), files, read, {}).catch(messageOf)).toContain('mode: "nope"');
  });
});
