import { describe, expect, test } from '@jest/globals';
import { brokersAlone, withoutBrokers, workerEdits } from '../../../lib/deployment/worker-edits';
import type { Properties } from '../../src/config/files';
import { CLUSTER_SETTINGS, decided } from './decided';

function changed(worker: Properties, settings = {}) {
  const { worker: file, decisions } = decided({ worker, settings });
  return { file, edits: workerEdits(file, decisions) };
}

const BROKERS = `\${env:CONNECTLESS_BOOTSTRAP_SERVERS}`;
const STATE = `s3://\${env:CONNECTLESS_STATE_BUCKET}`;
const IAM = {
  'bootstrap.servers': BROKERS,
  'security.protocol': 'SASL_SSL',
  'sasl.mechanism': 'AWS_MSK_IAM',
};
const LOGIN = {
  'security.protocol': 'SASL_PLAINTEXT',
  'sasl.mechanism': 'PLAIN',
  'sasl.jaas.config': 'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b";',
};

describe('brokers', () => {
  test.each([
    ['that are made', {}],
    ['of a cluster that exists, where the worker names those of this machine', CLUSTER_SETTINGS],
  ])('%s are reached with IAM', (_, settings) => {
    expect(changed({}, settings).edits).toMatchObject(IAM);
  });

  test('that are made take the place of those of this machine with their login, for every client', () => {
    const producer = { 'producer.security.protocol': 'SASL_PLAINTEXT', 'producer.sasl.mechanism': 'PLAIN' };
    const { edits } = changed({ ...LOGIN, ...producer });
    expect(edits).toMatchObject({ ...IAM, 'sasl.jaas.config': undefined, 'producer.security.protocol': undefined });
    expect(edits).toHaveProperty(['sasl.jaas.config'], undefined);
    expect(edits).toHaveProperty(['producer.sasl.mechanism'], undefined);
  });

  test('that exist are told, and the login stays as it is', () => {
    const written = { ...LOGIN, 'bootstrap.servers': 'b-1.example.com:9096' };
    const { edits } = changed({ ...written, 'producer.bootstrap.servers': 'b-1.example.com:9096' }, CLUSTER_SETTINGS);
    expect(edits['bootstrap.servers']).toBe(BROKERS);
    expect(edits).toHaveProperty(['producer.bootstrap.servers'], undefined);
    expect(Object.keys(edits).filter((name) => /sasl|security/.test(name))).toEqual([]);
  });
});

describe('the registry', () => {
  test('that is made is in the state, and needs no login', () => {
    const { edits } = changed({
      'key.converter.schema.registry.url': 'http://localhost:8081',
      'value.converter.basic.auth.credentials.source': 'USER_INFO',
      'value.converter.basic.auth.user.info': 'user:password',
    });
    expect(edits).toMatchObject({
      'key.converter.schema.registry.url': `${STATE}/state`,
      'value.converter.schema.registry.url': `${STATE}/state`,
    });
    expect(edits).toHaveProperty(['value.converter.basic.auth.credentials.source'], undefined);
    expect(edits).toHaveProperty(['value.converter.basic.auth.user.info'], undefined);
  });

  test('that exists stays as it is, with its login', () => {
    const { edits } = changed({ 'value.converter.schema.registry.url': 'https://a:b@registry.example.com' });
    expect(Object.keys(edits).filter((name) => name.startsWith('value.'))).toEqual([]);
  });
});

describe('the state', () => {
  test.each([
    [undefined, `${STATE}/state`],
    ['file:///var/lib/connectless', `${STATE}/state`],
    ['s3://our-state/a/b', `${STATE}/a/b`],
    ['s3://our-state', `${STATE}/`],
  ])('%s becomes %s', (url, deployed) => {
    expect(changed({ 'connectless.state.url': url }).edits['connectless.state.url']).toBe(deployed);
  });

  test('takes the place of the file of offsets', () => {
    expect(changed({}).edits).toHaveProperty(['offset.storage.file.filename'], undefined);
  });
});

test('a function that does not talk to brokers is told nothing of them', () => {
  const scram = { ...LOGIN, 'bootstrap.servers': 'b-1.example.com:9096', 'ssl.protocol': 'TLSv1.3' };
  const { edits } = withoutBrokers(changed({ ...scram, 'consumer.sasl.mechanism': 'PLAIN' }, CLUSTER_SETTINGS));
  for (const name of [...Object.keys(scram), 'consumer.sasl.mechanism'])
    expect(edits).toHaveProperty([name], undefined);
  expect(edits['connectless.state.url']).toBe(`${STATE}/state`);
});

test('a function that talks to brokers alone is told nothing of state and registry', () => {
  const login = {
    'value.converter.basic.auth.credentials.source': 'USER_INFO',
    'value.converter.basic.auth.user.info': 'user:password',
    'value.converter.schema.registry.url': 'https://registry.example.com',
  };
  const { edits } = brokersAlone(changed(login));
  expect(edits).toMatchObject({ ...IAM, 'value.converter.schema.registry.url': 'file:///nowhere' });
  expect(edits['connectless.state.url']).toBe('file:///nowhere');
  expect(edits).toHaveProperty(['value.converter.basic.auth.user.info'], undefined);
});
