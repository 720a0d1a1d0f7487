import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { environment } from './environment';
import { freshName, freshTopic } from './fresh-topic';
import { temporaryDirectory } from './temporary-directory';

jest.setTimeout(60_000);

const command = join(__dirname, '../../bin/connectless.cjs');

function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args, '--bootstrap-server', environment().kafkaBrokers]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = once(child, 'close').then(([status]) => ({ ...output, status }));
  return { child, ended };
}

async function run(input: string, ...args: string[]) {
  const { child, ended } = start(...args);
  child.stdin.end(input);
  return ended;
}

const schema = JSON.stringify({
  type: 'record',
  name: 'price',
  fields: [
    { name: 'item', type: 'string' },
    { name: 'cents', type: 'long' },
  ],
});
const lines = ['{"item":"coat","cents":9007199254740993}', '{"item":"häßlich","cents":-1}'];
const registry = async () => `schema.registry.url=${pathToFileURL(await temporaryDirectory())}`;

describe('connectless', () => {
  test('creates, describes and lists a topic, and says so when it exists already', async () => {
    const topic = freshName('created');
    const create = ['topics', '--create', '--topic', topic, '--partitions', '3', '--replication-factor', '1'];
    expect(await run('', ...create)).toEqual({ stdout: `Created topic ${topic}.\n`, stderr: '', status: 0 });
    const again = await run('', ...create);
    expect(again).toMatchObject({ stdout: '', status: 1 });
    expect(again.stderr).toContain(`Topic ${topic} exists already`);
    expect(await run('', ...create, '--if-not-exists')).toEqual({ stdout: '', stderr: '', status: 0 });
    const { stdout } = await run('', 'topics', '--describe', '--topic', topic);
    expect(stdout).toContain(`Topic: ${topic}\tPartitionCount: 3\tReplicationFactor: 1\n`);
    expect(stdout).toMatch(/\tPartition: 2\tLeader: \d+\tReplicas: \d+\tIsr: \d+\n$/);
    expect((await run('', 'topics', '--list')).stdout.split('\n')).toContain(topic);
  });

  test('consumes what it produced, to the last digit', async () => {
    const topic = await freshTopic('round-trip');
    const at = await registry();
    const produced = await run(
      lines.join('\n'),
      'produce',
      '--topic',
      topic,
      '--property',
      at,
      '--property',
      `value.schema=${schema}`,
    );
    expect(produced).toEqual({ stdout: '', stderr: '', status: 0 });
    const consumed = await run(
      '',
      'consume',
      '--topic',
      topic,
      '--property',
      at,
      '--from-beginning',
      '--max-messages',
      '2',
    );
    expect(consumed).toEqual({
      stdout: lines.map((line) => `${line}\n`).join(''),
      stderr: 'Processed a total of 2 messages\n',
      status: 0,
    });
  });

  test('produces keyed lines up to the first bad one, which it names', async () => {
    const topic = await freshTopic('keys');
    const at = await registry();
    const input = `a|${lines[0]}\nb|{"item":"hat"}\nc|${lines[1]}\n`;
    const keyed = ['--property', 'parse.key=true', '--property', 'key.separator=|'];
    const produced = await run(
      input,
      'produce',
      '--topic',
      topic,
      '--property',
      at,
      '--property',
      `value.schema=${schema}`,
      ...keyed,
    );
    expect(produced).toMatchObject({ stdout: '', status: 1 });
    expect(produced.stderr).toMatch(/^Line 2: .*cents/);
    const properties = ['print.key=true', 'print.offset=true', 'print.partition=true', 'key.separator=;', at];
    const consumed = await run(
      '',
      'consume',
      '--topic',
      topic,
      '--from-beginning',
      '--timeout-ms',
      '300',
      ...properties.flatMap((one) => ['--property', one]),
    );
    expect(consumed).toMatchObject({ stdout: `Partition:0;Offset:0;a;${lines[0]}\n`, status: 0 });
  });

  test('consumes what comes after its start, until Ctrl-C', async () => {
    const topic = await freshTopic('follow');
    const at = await registry();
    const produce = (line: string) =>
      run(line, 'produce', '--topic', topic, '--property', at, '--property', `value.schema=${schema}`);
    await produce(lines[0] ?? '');
    const { child, ended } = start('consume', '--topic', topic, '--property', at, '--from-beginning');
    await once(child.stdout, 'data');
    const second = once(child.stdout, 'data');
    await produce(lines[1] ?? '');
    await second;
    child.kill('SIGINT');
    expect(await ended).toEqual({
      stdout: lines.map((line) => `${line}\n`).join(''),
      stderr: 'Processed a total of 2 messages\n',
      status: 0,
    });
  });

  test('answers options of the past', async () => {
    const zookeeper = await run('', 'topics', '--list', '--zookeeper', 'localhost:2181');
    expect(zookeeper).toMatchObject({ status: 1 });
    expect(zookeeper.stderr).toContain('use --bootstrap-server');
    const topic = await freshTopic('new-consumer');
    const consumer = await run(
      '',
      'consume',
      '--topic',
      topic,
      '--new-consumer',
      '--timeout-ms',
      '100',
      '--property',
      await registry(),
    );
    expect(consumer).toMatchObject({ stdout: '', status: 0 });
    expect(consumer.stderr).toContain('--new-consumer can be left out');
  });
});
