// From files to a plan, or to the faults of all files: what can be refused before there is anything to bundle.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { planDeployment } from '../../../lib/deployment/plan';
import { settingsOf } from '../../../lib/deployment/settings';
import { validateFiles } from '../../../src/config/load';
import { report } from '../../../src/config/report';
import { messageOf } from '../../../src/errors';
import { type Properties, SINK, SOURCE, WORKER } from '../../src/config/files';
import { CLUSTER_SETTINGS } from './decided';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connectless-plan-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, properties: Properties): string {
  const path = join(folder, `${name}.properties`);
  const lines = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}\n`],
  );
  writeFileSync(path, lines.join(''));
  return path;
}

const ENV = { PASSWORD: 'not-to-be-told' };

/** The report, with the folder left out. */
async function refusal(worker: Properties, connectors: readonly Properties[], context = {}): Promise<string> {
  const workerFile = write('worker', { ...WORKER, ...worker });
  const connectorFiles = connectors.map((connector, index) => write(`c${index}`, connector));
  const { settings } = settingsOf(context, () => undefined);
  const planning = planDeployment({ workerFile, connectorFiles, settings, outdir: join(folder, 'out'), env: ENV });
  const error: unknown = await planning.catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  return messageOf(error).replaceAll(`${folder}/`, '');
}

test('faults of the files are reported as `connectless validate` reports them', async () => {
  const typo = { ...SINK, 'flush.sise': '3' };
  const message = await refusal({ 'bootstrap.server': 'a:1' }, [typo]);
  const files = [join(folder, 'worker.properties'), [join(folder, 'c0.properties')]] as const;
  const { faults } = await validateFiles(...files, ENV);
  expect(message).toBe(report(faults).replaceAll(`${folder}/`, ''));
  expect(message).toContain('c0.properties:8: flush.sise: is not a known property; did you mean flush.size?');
  expect(message).toMatch(/\n2 faults in the configuration\.$/);
});

test('what stands in the way of the deployment is reported alike, all at once, with its lines', async () => {
  const source = { ...SOURCE, 'connection.url': 'jdbc:postgresql://db.example.com/shop?user=a' };
  const sink = { ...SINK, name: 'n'.repeat(60), 'store.url': 'https://minio.example.com' };
  expect((await refusal({ 'bootstrap.servers': 'b-1.example.com:9098' }, [source, sink])).split('\n')).toEqual([
    'worker.properties:1: bootstrap.servers: names brokers that exist, and a trigger reads them by the ARN of their MSK cluster; add connectless.cluster.arn to cdk.json, or write localhost:9092 to have a cluster made',
    'c0.properties:3: connection.url: names a database that exists, and the VPC that is made has no way to it; name its VPC as connectless.vpc.id in cdk.json, or write localhost to have a database made',
    'c1.properties:1: name: gives its function a name of 72 characters, and AWS takes 64; add connectless.function.name with a shorter one',
    "c1.properties:8: store.url: names an S3 other than Amazon's, which no role gives access to; delete the line",
    '4 faults in the configuration.',
  ]);
});

describe('a password in the files', () => {
  const exists = { ...SOURCE, 'connection.url': 'jdbc:postgresql://db.example.com/shop?user=a' };

  test.each([
    ['written', { 'connection.password': 'not-to-be-told' }, 'c0.properties:6: connection.password'],
    ['from the environment', { 'connection.password': `\${env:PASSWORD}` }, 'c0.properties:6: connection.password'],
    [
      'in the URL',
      { 'connection.url': `${exists['connection.url']}&password=not-to-be-told` },
      'c0.properties:3: connection.url',
    ],
  ])('is refused where it would reach AWS, and not told: %s', async (_, own, place) => {
    const message = await refusal({}, [{ ...exists, ...own }], CLUSTER_SETTINGS);
    expect(message).toContain(`${place}: holds a password that would stand in the function's code as plain text; `);
    expect(message).not.toContain('not-to-be-told');
    expect(message).toMatch(/\n1 fault in the configuration\.$/);
  });

  test('is none where the deployment makes what it opens', async () => {
    const login = {
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': 'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b";',
      'value.converter.basic.auth.credentials.source': 'USER_INFO',
      'value.converter.basic.auth.user.info': 'user:password',
    };
    // A fault of another kind stops it before there is anything to bundle.
    const other = { ...SINK, 'store.url': 'https://minio.example.com' };
    const message = await refusal(login, [SOURCE, other]);
    expect(message).toContain('store.url');
    expect(message).toMatch(/\n1 fault in the configuration\.$/);
  });
});
