// PipelineStack and MonitoringStack on an emulated AWS: what `npm run deploy:local` does, looked at closely.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { leftOut } from '../../local/deploy/gaps';
import { onStage } from '../../local/deploy/stage';
import { liveThrough, rowsOf, type Seen, type Stage } from '../../local/deploy/story';
import { faultsOf } from '../../local/deploy/verdict';
import { type MiniStack, trusting } from '../../local/servers/ministack';
import { parts } from '../../local/servers/parts';
import { processStart } from '../../local/servers/process-start';
import { environment } from './environment';
import { type FreshDatabase, freshDatabase } from './fresh-database';
import { freshName } from './fresh-topic';
import { listeningHosts } from './servers/listening-hosts';
import { withLog } from './with-log';

// Most of it is the minute of the source's schedule.
jest.setTimeout(600_000);

const run = freshName('local');
const key = (directory: string, offset: number) =>
  `${directory}/${run}-out-prices/partition=0/${run}-out-prices+0+${String(offset).padStart(10, '0')}.avro`;

/** The CDK's own functions around those of the topics and of the preflight. */
const isFramework = (name: string) => name.startsWith(`${run}-pipeline-`) && name.includes('Providerframework');

const failures: string[] = [];
let database: FreshDatabase;
let seen: Seen;
let stranger: string;
let hosts: readonly string[];
let winners: { readonly put: number; readonly complete: number };
let ended: { readonly pid: number; readonly connectors: string };

beforeAll(withLog(() => failures, deployedAndDestroyed));

afterAll(() => database.drop());

async function deployedAndDestroyed(): Promise<void> {
  database = await freshDatabase('deployed');
  const options = {
    run,
    step: <T>(_title: string, work: () => Promise<T>) => work(),
    signal: new AbortController().signal,
    onFailure: (line: string) => void failures.push(line),
    given: { postgresUrl: database.url, kafkaBrokers: environment().kafkaBrokers },
  };
  seen = await onStage(options, async (stage) => {
    await lookAround(stage);
    return liveThrough(stage, options.step);
  });
}

async function lookAround({ cloud: { miniStack, s3 }, site }: Stage): Promise<void> {
  ended = { pid: miniStack.pid, connectors: site.connectors };
  hosts = process.platform === 'linux' ? listeningHosts(miniStack.pid) : ['127.0.0.1'];
  stranger = await refusalOf(miniStack);
  winners = { put: await putRace(s3, site.stateBucket), complete: await completeRace(s3, site.stateBucket) };
}

const succeeded = async (requests: ReadonlyArray<Promise<unknown>>) =>
  (await Promise.allSettled(requests)).filter(({ status }) => status === 'fulfilled').length;

function putRace(s3: S3Client, Bucket: string): Promise<number> {
  const put = (Body: string) => s3.send(new PutObjectCommand({ Bucket, Key: 'race/put', Body, IfNoneMatch: '*' }));
  return succeeded(Array.from({ length: 20 }, (_, racer) => put(String(racer))));
}

async function completeRace(s3: S3Client, Bucket: string): Promise<number> {
  const upload = { Bucket, Key: 'race/complete' };
  const prepared = await Promise.all(
    Array.from({ length: 5 }, async (_, racer) => {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
      const { ETag } = await s3.send(
        new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: String(racer) }),
      );
      return { UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };
    }),
  );
  const complete = (one: (typeof prepared)[number]) =>
    s3.send(new CompleteMultipartUploadCommand({ ...upload, ...one, IfNoneMatch: '*' }));
  return succeeded(prepared.map(complete));
}

async function refusalOf(miniStack: MiniStack): Promise<string> {
  const lambda = new LambdaClient({
    endpoint: miniStack.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIASTRANGER00000000', secretAccessKey: 'guessed' },
    requestHandler: { httpsAgent: trusting(miniStack.certificate) },
  });
  return lambda.send(new ListFunctionsCommand({})).then(
    () => 'let in',
    (error: Error) => error.name,
  );
}

/** What Python answers as JSON where MiniStack is installed. */
function askMiniStack(program: string): unknown {
  return JSON.parse(execFileSync(parts().deployPython, ['-c', program], { encoding: 'utf8', stdio: 'pipe' }));
}

describe('the stacks, deployed by the CDK from connector files that name what exists', () => {
  test('have a function for each connector, beside those of registry, topics and preflight', () => {
    const names = ['archive', 'connect-postgresql', 'preflight', 'processor', 'registry', 's3-sink', 'topics'];
    const own = names.map((name) => `${run}-${name}`);
    expect(seen.first.functions.filter((name) => !isFramework(name))).toEqual(own);
    expect(seen.first.functions.filter(isFramework)).toHaveLength(2);
  });

  test('have their dashboard and the topic of their alarms', () => {
    expect(seen.first.outputs[`${run}-monitoring`]).toEqual({
      DashboardName: expect.stringContaining(run),
      AlarmTopicArn: expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:/),
    });
  });

  test('run the source once at a time', () => {
    expect(seen.first.sourceConcurrency).toBe(1);
  });

  test('bring rows into the files of both sinks, through the topics that the deployment made', () => {
    expect([...seen.first.files.keys()]).toEqual([key('archive', 0), key('topics', 0), key('topics', 2)]);
    expect(rowsOf(seen.first.files, 'archive/').map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  test('answer registry requests that are signed, and no others', () => {
    expect(seen.first.unsigned.status).toBe(403);
    expect(seen.first.signed.status).toBe(200);
    expect(JSON.parse(seen.first.signed.body)).toEqual([`${run}-in-prices-value`, `${run}-out-prices-value`]);
  });
});

describe('changed connector files, deployed again', () => {
  test('retire the function of a sink that is gone, and keep its state and its files', () => {
    const retired = seen.first.functions.filter((name) => !seen.changed.functions.includes(name));
    expect(retired).toEqual([`${run}-archive`]);
    expect(seen.changed.archiveState).toEqual([`connectless/sink/archive/${run}-out-prices/0`]);
    expect([...seen.changed.files.keys()].filter((name) => name.startsWith('archive/'))).toEqual([key('archive', 0)]);
  });

  test('go on in the open file with the new flush.size, when the schedule has started the source', () => {
    const files = [...seen.changed.files].filter(([name]) => name.startsWith('topics/'));
    expect(files.map(([name, rows]) => [name, rows.length])).toEqual([
      [key('topics', 0), 2],
      [key('topics', 2), 2],
      [key('topics', 4), 3],
      [key('topics', 7), 3],
    ]);
  });

  test('lose no row and repeat none', () => {
    expect(seen.changed.rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rowsOf(seen.changed.files, 'topics/')).toEqual(seen.changed.rows);
  });
});

describe('cdk destroy', () => {
  test('leaves no function, and every file', () => {
    expect(seen.left).toEqual({ functions: [], files: seen.changed.files });
  });

  test('is the end of the emulator and of what was written for it', () => {
    expect(processStart(ended.pid)).toBeUndefined();
    expect(existsSync(ended.connectors)).toBe(false);
  });
});

describe('the emulator', () => {
  test('listens on the loopback address alone', () => {
    expect(hosts).toEqual(['127.0.0.1']);
  });

  test('lets one of many conditional writes win, as the state and the files need it', () => {
    expect(winners).toEqual({ put: 1, complete: 1 });
  });

  test('asks everybody for a key that it knows: roles have no more than their policies', () => {
    expect(stranger).toBe('UnrecognizedClientException');
  });

  test('is given everything but the resources that it is said to lack', () => {
    expect([...seen.first.leftOut.keys()].map(({ what }) => what).sort()).toEqual(
      leftOut.map(({ what }) => what).sort(),
    );
  });

  test('does lack these: rules of security groups apart from their group, alarms on metric math', () => {
    const provisioners = 'import json; import ministack.services.cloudformation.provisioners as p';
    const known = askMiniStack(`${provisioners}; print(json.dumps(list(p._RESOURCE_HANDLERS)))`);
    expect(known).toContain('AWS::EC2::SecurityGroup');
    expect(known).not.toContain('AWS::EC2::SecurityGroupEgress');
    expect(known).not.toContain('AWS::EC2::SecurityGroupIngress');
    const refusal = `
try: p._cw_metric_alarm_record('name', {'Metrics': [{}]})
except ValueError as error: print(json.dumps(str(error)))`;
    expect(askMiniStack(`${provisioners}\n${refusal}`)).toMatch(/metric math\) is not supported/);
  });
});

test('nothing of it is a fault in the eyes of npm run deploy:local', () => {
  expect(faultsOf(seen)).toEqual([]);
});
