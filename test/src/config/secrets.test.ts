// References to secrets: where they may stand, what is fetched, and what the configuration then says.
import { describe, expect, test } from '@jest/globals';
import { declaredProviders, envProvider, resolveReferences } from '../../../src/config/config-providers';
import type { PropertiesFile } from '../../../src/config/properties';
import { faultLine } from '../../../src/config/report';
import { withSecrets } from '../../../src/config/secrets';
import { validatePipeline } from '../../../src/config/validate';
import { file, type Properties, SINK, SOURCE, WORKER } from './files';

const ARN = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:prices/db-AbCdEf';
const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
const provider = 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider';
const url = 'jdbc:postgresql://db/shop';
const reference = (secret: string, key: string) => `\${secretsmanager:${secret}:${key}}`;

function resolved(worker: Properties, ...connectors: Properties[]): PropertiesFile[] {
  const files = [file('w', worker), ...connectors.map((connector, index) => file(`c${index}`, connector))];
  const [first = file('w', {})] = files;
  const env = envProvider({ NAME: 'me' });
  return files.map((one) => resolveReferences(one, declaredProviders(first), { env, file: env }));
}

const check = ([worker = file('w', {}), ...connectors]: readonly PropertiesFile[]) =>
  validatePipeline(worker, connectors);
const faultsOf = (files: readonly PropertiesFile[]) => check(files).faults.map(faultLine);

/** Fetches from `secrets`, by name or ARN, and notes what it was asked for. */
function reader(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const asked: unknown[] = [];
  const read = async (secret: string, region: string | undefined) => {
    asked.push([secret, region]);
    return new Map(Object.entries(secrets[secret] ?? {}));
  };
  return { asked, read };
}

describe('before a run', () => {
  test('references to secrets stay in user, passwords and logins, and nothing is said of their values', () => {
    const files = resolved(
      {
        ...WORKER,
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        'sasl.jaas.config': reference('kafka', 'jaas'),
      },
      {
        ...SOURCE,
        'connection.url': url,
        'connection.user': reference('db', 'username'),
        'connection.password': reference('db', 'password'),
      },
    );
    const { config, faults } = check(files);
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([{ database: { host: 'db', password: reference('db', 'password') } }]);
  });

  test.each<[Properties, string]>([
    [
      { 'connection.url': `${url}?user=u&password=${reference('db', 'p')}` },
      'c0:3: connection.url: "jdbc:postgresql://db/shop?user=u&password=[hidden]" refers to a secret, which is fetched when the function runs, and this has to be known before; write it in connection.user and connection.password, without user and password here',
    ],
    [
      { 'topic.prefix': reference('db', 'prefix') },
      `c0:5: topic.prefix: "${reference('db', 'prefix')}" refers to a secret, which is fetched when the function runs, and this has to be known before; write the value itself, or \${env:NAME}`,
    ],
    [
      { mode: 'bulk', query: reference('db', 'q') },
      `c0:6: query: "\${secretsmanager:db:q}" refers to a secret, which is fetched when the function runs, and this has to be known before; write it in query.masked`,
    ],
    [
      { 'connection.password': `\${secretsmanager:db}` },
      `c0:6: connection.password: refers to a secret without naming it and a key of its JSON; write ${reference('SECRET', 'KEY')}`,
    ],
    [
      { 'connection.password': reference('%zz', 'k') },
      `c0:6: connection.password: refers to a secret without naming it and a key of its JSON; write ${reference('SECRET', 'KEY')}`,
    ],
    [
      { 'connection.password': reference(ARN, '') },
      `c0:6: connection.password: refers to a secret without naming it and a key of its JSON; write ${reference('SECRET', 'KEY')}`,
    ],
    [
      { 'connection.password': reference('db', 'password?ttl=60000') },
      'c0:6: connection.password: asks for a secret to be fetched again after a time, which is not supported; take out ?ttl=…: a secret is fetched when a function starts',
    ],
  ])('%j is reported', (properties, line) => {
    expect(faultsOf(resolved(WORKER, { ...SOURCE, ...properties }))).toEqual([line]);
  });

  test('the address of the registry sends user and password to a property of their own', () => {
    const files = resolved({
      ...WORKER,
      'value.converter.schema.registry.url': `https://u:${reference('registry', 'p')}@h`,
    });
    expect(faultsOf(files)[0]).toContain('write it in value.converter.basic.auth.user.info, with');
  });

  test('what has no effect may refer to anything', () => {
    expect(faultsOf(resolved({ ...WORKER, 'key.converter.basic.auth.user.info': reference('r', 'u') }))).toEqual([]);
  });
});

describe('for a run', () => {
  test('each secret is fetched once, by name or by ARN, in the region that it says', async () => {
    const { asked, read } = reader({
      db: { username: 'reader', password: 'p&q' },
      [ARN]: { password: 'w' },
      AmazonMSK_kafka: { username: 'k', password: 'x;y' },
    });
    const files = resolved(
      {
        ...WORKER,
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        'sasl.jaas.config': `${SCRAM} username="${reference('AmazonMSK_kafka', 'username')}" password="${reference('AmazonMSK_kafka', 'password')}";`,
      },
      {
        ...SOURCE,
        'connection.url': url,
        'connection.user': `${reference('db', 'username')}-\${env:NAME}`,
        'connection.password': reference('db', 'password'),
      },
      { ...SOURCE, name: 's2', 'connection.password': reference(ARN, 'password') },
      { ...SOURCE, name: 's3', 'connection.password': reference(encodeURIComponent(ARN), 'password') },
    );
    const complete = await withSecrets(files, read);
    expect(asked).toEqual([
      ['AmazonMSK_kafka', undefined],
      ['db', undefined],
      [ARN, 'us-west-2'],
    ]);
    expect(complete.flatMap(({ faults }) => faults)).toEqual([]);
    const passwords = complete.flatMap(({ properties }) =>
      properties.filter(({ key }) => key === 'connection.password'),
    );
    expect(passwords.map(({ value }) => value)).toEqual(['p&q', 'w', 'w']);
    const { config } = check(complete);
    expect(config?.worker.kafka.sasl).toMatchObject({ username: 'k', password: 'x;y' });
    expect(config?.connectors[0]).toMatchObject({ database: { user: 'reader-me', password: 'p&q' } });
  });

  test('a secret is asked for in the region of its provider, under whatever name that has', async () => {
    const { asked, read } = reader({ db: { password: 'p' } });
    const files = resolved(
      {
        ...WORKER,
        'config.providers': 'sm',
        'config.providers.sm.class': provider,
        'config.providers.sm.param.region': 'eu-west-1',
      },
      { ...SOURCE, 'connection.password': `\${sm:db:password}` },
      { ...SOURCE, name: 's2', 'connection.password': reference('db', 'password') },
    );
    expect(faultsOf(files)).toEqual([]);
    await withSecrets(files, read);
    expect(asked).toEqual([
      ['db', 'eu-west-1'],
      ['db', undefined],
    ]);
  });

  test('a value may hold what looks like a reference, and is not read again', async () => {
    const { read } = reader({ db: { password: reference('db', 'other'), other: 'no' } });
    const [, source] = await withSecrets(
      resolved(WORKER, { ...SOURCE, 'connection.password': reference('db', 'password') }),
      read,
    );
    expect(source?.properties.at(-1)).toMatchObject({ value: reference('db', 'other') });
  });

  test('a key that the secret lacks is a fault with file and line, and names the keys and no value', async () => {
    const { read } = reader({ db: { username: 'hunter1', pass: 'hunter2' } });
    const files = await withSecrets(
      resolved(WORKER, { ...SOURCE, 'connection.password': reference('db', 'password') }),
      read,
    );
    expect(faultsOf(files)).toEqual([
      'c0:6: connection.password: refers to password, which the secret db does not have; write one of its keys (username, pass), or add password to it',
    ]);
  });

  test('a value that is not valid is told by its reference', async () => {
    const { read } = reader({ kafka: { jaas: 'hunter2' }, db: { username: '' } });
    const files = await withSecrets(
      resolved(
        {
          ...WORKER,
          'security.protocol': 'SASL_SSL',
          'sasl.mechanism': 'PLAIN',
          'sasl.jaas.config': reference('kafka', 'jaas'),
        },
        { ...SOURCE, 'connection.user': reference('db', 'username') },
      ),
      read,
    );
    const faults = faultsOf(files);
    expect(faults).toMatchObject([
      expect.stringContaining('w:8: sasl.jaas.config: "[hidden]" is no JAAS line'),
      expect.stringContaining(`c0:6: connection.user: "${reference('db', 'username')}" lacks a value`),
    ]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('files without a reference are left as they are, and nobody is asked', async () => {
    const files = resolved(WORKER, SINK);
    const { asked, read } = reader({});
    expect(await withSecrets(files, read)).toBe(files);
    expect(asked).toEqual([]);
  });
});

test("the provider's other parameters are refused by name", () => {
  const worker = {
    ...WORKER,
    'config.providers': 'secretsmanager',
    'config.providers.secretsmanager.class': provider,
    'config.providers.secretsmanager.param.region': 'eu-west-1',
    'config.providers.secretsmanager.param.NotFoundStrategy': 'ignore',
  };
  expect(faultsOf(resolved(worker))).toEqual([
    "w:9: config.providers.secretsmanager.param.NotFoundStrategy: is not supported: of the providers' parameters, only the region of secrets is supported yet; delete the line",
  ]);
  const { 'config.providers.secretsmanager.param.NotFoundStrategy': _, ...rest } = worker;
  expect(faultsOf(resolved({ ...rest, 'config.providers.secretsmanager.param.region': 'mars' }))).toEqual([
    'w:8: config.providers.secretsmanager.param.region: "[hidden]" is no region; write for example us-east-1',
  ]);
});
