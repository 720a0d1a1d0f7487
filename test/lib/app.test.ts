// The app as a whole: every deployment synthesises with all checks on, and what it becomes is written down.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../local/servers/parts';
import { type ConfigurationName, configurationNames } from './synthesis/configurations';
import { lint } from './synthesis/lint';
import { keptIn, SYNTHESIS_TIMEOUT_MS, type Synthesis, synthesis } from './synthesis/synthesis';
import { differences } from './synthesis/template';

const syntheses = new Map<ConfigurationName, Synthesis>();
const of = (name: ConfigurationName): Synthesis => {
  const found = syntheses.get(name);
  if (found === undefined) throw new Error(`${name} is not read`);
  return found;
};

beforeAll(async () => {
  for (const name of configurationNames) syntheses.set(name, await synthesis(name));
}, SYNTHESIS_TIMEOUT_MS);

test.each(configurationNames)('%s synthesises, and AWS Solutions finds nothing that is not explained', (name) => {
  expect(of(name).checks).toEqual({ AwsSolutions: 'success' });
  const stacks = Object.keys(of(name).templates);
  expect(stacks).toEqual(name === 'existing' ? ['Pipeline', 'Monitoring'] : ['Data', 'Pipeline', 'Monitoring']);
});

test('cfn-lint finds nothing in any stack', async () => {
  const all = [...syntheses, ['own-app', await synthesis('own-app')] as const];
  const templates = all.flatMap(([name, of]) =>
    Object.entries(of.templates).map(([stack, template]) => [`${name}-${stack}`, template] as const),
  );
  const broken = { Resources: { Broken: { Type: 'AWS::S3::Bucket', Properties: { BucketNaem: 'a' } } } };
  const findings = lint(new Map([...templates, ['broken', broken]]), join(keptIn(), 'lint.json'));
  expect(findings).toEqual([expect.stringMatching(/^broken E3002: .*BucketNaem/)]);
}, 120_000);

test('the synthesis says what it makes and what it uses, and how large the functions are', async () => {
  const said = (name: ConfigurationName) =>
    of(name)
      .lines.filter((line) => !line.startsWith('note: '))
      .map((line) => line.replace(/\d+ KB/g, 'N KB'));
  expect(said('defaults')).toEqual([
    'VPC                             makes one, 3 zones',
    'MSK cluster                     makes one, provisioned',
    'database of connect-postgresql  makes Aurora PostgreSQL Serverless v2',
    'registry                        makes one',
    'state bucket                    makes one',
    'bucket of s3-sink               makes one',
    'topics                          confluent-in-prices, confluent-out-prices',
    'source connect-postgresql       function connectless-connect-postgresql, 512 MB of memory, N KB of code, N KB compressed',
    'processor processor             function connectless-processor, 512 MB of memory, N KB of code, N KB compressed',
    'sink s3-sink                    function connectless-s3-sink, 512 MB of memory, N KB of code, N KB compressed',
    'registry                        function connectless-registry, 512 MB of memory, N KB of code, N KB compressed',
    'topics                          function connectless-topics, 512 MB of memory, N KB of code, N KB compressed',
    'bootstrap                       function connectless-bootstrap, 512 MB of memory, N KB of code, N KB compressed',
    'preflight                       function connectless-preflight, 512 MB of memory, N KB of code, N KB compressed',
  ]);
  expect(said('existing').slice(0, 6)).toEqual([
    'VPC                        uses vpc-0123456789abcdef0',
    'MSK cluster                uses arn:aws:kafka:eu-central-1:123456789012:cluster/prices/01234567-89ab-cdef-0123-456789abcdef-2',
    'database of prices-source  uses shop.cluster-abc123.eu-central-1.rds.amazonaws.com:5433',
    'registry                   uses https://registry.example.com:8443',
    'state bucket               uses our-state',
    'bucket of prices-sink      uses our-files',
  ]);
  expect(said('serverless')).toContain('MSK cluster                     makes one, serverless');
  expect(said('rds')).toContain('database of connect-postgresql  makes RDS for PostgreSQL');
  expect(said('data-api')).toEqual(
    expect.arrayContaining([
      'database of orders-source  makes Aurora PostgreSQL Serverless v2, through the Data API',
      'database of report-source  uses arn:aws:rds:eu-central-1:123456789012:cluster:reports, through the Data API',
      'topics                     archive, report, shop-orders',
      'data-api-user              function connectless-data-api-user, 512 MB of memory, N KB of code, N KB compressed',
    ]),
  );
  const { lines } = await synthesis('without-source');
  const without = lines.find((line) => line.startsWith('database'));
  expect(without).toMatch(/^database +makes Aurora PostgreSQL Serverless v2, which stays without a source$/);
  expect(lines.filter((line) => line.startsWith('bootstrap'))).toEqual([]);
  const [note = ''] = of('defaults').lines;
  expect(note).toMatch(/^note: connectors\/worker\.properties:\d+: key\.converter: /);
});

describe('the template', () => {
  /** Without the hashes of code, and what is named by them: a change of a function is no change of a template. */
  const written = (template: unknown) =>
    JSON.parse(
      JSON.stringify(template, (key, value) => (key === 'Metadata' ? undefined : value))
        .replaceAll(/[0-9a-f]{64}\.zip/g, 'CODE.zip')
        .replaceAll(/Preflight[0-9a-f]{12}[0-9A-F]{8}/g, 'PreflightOfCODE'),
    );

  test.each(['Data', 'Pipeline'] as const)('of %s, of the defaults', (stack) => {
    expect(written(of('defaults').templates[stack])).toMatchSnapshot();
  });

  // The monitoring has its own, and its dashboard is long.
  const others = configurationNames
    .filter((name) => name !== 'defaults')
    .flatMap((name) => (['Data', 'Pipeline'] as const).map((stack) => [name, stack] as const))
    .filter(([name, stack]) => name !== 'existing' || stack !== 'Data');

  test.each(others)('of %s, %s: what is not as in the defaults', (name, stack) => {
    const [first, second] = [of('defaults'), of(name)].map(({ templates }) => written(templates[stack]));
    const { gone, changed, new: added } = differences(first, second);
    const resources = Object.fromEntries([...changed, ...added].map((id) => [id, second.Resources[id]]));
    expect({ gone, changed, added, resources }).toMatchSnapshot();
  });
});

test('`cdk synth` ends with the report of the validation, and nothing else, when a file has a fault', () => {
  const directory = mkdtempSync(join(tmpdir(), 'connectless-typo-'));
  try {
    const file = join(directory, 's3-sink.properties');
    cpSync(join(projectRoot, 'connectors'), directory, { recursive: true });
    writeFileSync(file, readFileSync(file, 'utf8').replace('flush.size', 'flush.sise'));
    const options = ['synth', '--no-notices', '-q', '-o', join(directory, 'cdk.out')];
    const context = ['-c', `connectless.connectors=${directory}`];
    const cdk = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cdk, ...options, ...context], {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', NO_COLOR: '1' },
    });
    expect({ status, stdout, stderr: stderr.trimEnd().split('\n') }).toEqual({
      status: 1,
      stdout: '',
      stderr: [
        `${file}:9: flush.sise: is not a known property; did you mean flush.size?`,
        `${file}: flush.size: is missing (Records in a file); add flush.size=…, valid: ≥ 1`,
        '2 faults in the configuration.',
        'npx tsx bin/app.ts: Subprocess exited with error 1',
      ],
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 120_000);
