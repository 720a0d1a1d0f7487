// docs/migrate.md: what it has the reader write and run does what it says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { offsetsCommand } from '../../cli/offsets';
import { changeCursors } from '../../cli/offsets-cursors';
import { importedOffsets } from '../../cli/offsets-input';
import { triggeredTopics } from '../../lib/deployment/topics';
import { STATE_PREFIX } from '../../lib/deployment/worker-edits';
import { dataSchema } from '../../src/convert/data-schema';
import { sinkPartition } from '../../src/sink/partition';
import { planRecords } from '../../src/sink/plan';
import { sinkOn } from '../../src/sink/sink';
import { encodeState } from '../../src/sink/state-form';
import { planChanges } from '../../src/source/connect-offsets-plan';
import { cursorKey } from '../../src/source/cursor';
import { parseCursor } from '../../src/source/cursor-json';
import type { Position } from '../../src/source/position';
import { memoryState } from '../../src/state/memory';
import type { StateStore } from '../../src/state/store';
import { memoryBucket } from '../simulation/memory-bucket';
import { recordedMetrics } from '../src/metrics/recorded';
import { records, sampleConfig, sampleRegistry } from '../src/sink/sample';
import { loadSampleFormats, sampleRules } from '../src/sink/sample-rules';
import { memorySource } from '../src/source/memory-source';

const page = readFileSync('docs/migrate.md', 'utf8');

/** The first match's groups. */
function found(pattern: RegExp): readonly string[] {
  const match = pattern.exec(page);
  if (match === null) throw new Error(`docs/migrate.md has no ${pattern}`);
  return match.slice(1);
}

describe("the source's offset, taken over", () => {
  const [record = ''] = found(
    /^(\["connect-postgresql",\{"protocol":"1","table":"postgres\.public\.prices"\}\]\t\{.*\})$/m,
  );
  const [said = ''] = found(/^(public\.prices: was .*)$/m);
  const rules = {
    now: 0,
    requestTimeoutMs: 30_000,
    mode: 'incrementing',
    force: false,
    isImport: true,
    shownAs: (_: string, position: Position) => position,
  } as const;

  /** As `connectless offsets import` does it, without a database. */
  async function taken(state: StateStore): Promise<readonly string[]> {
    const offsets = importedOffsets(Buffer.from(record), 'connect-postgresql', 'offsets.lines');
    const { changes } = planChanges(offsets, { database: 'postgres' }, { mode: 'incrementing' }, true);
    return changeCursors(state, 'connect-postgresql', changes, rules, () => undefined);
  }

  test('goes where a deployment has its state', () => {
    expect(found(/connectless\.state\.url=s3:\/\/\$STATE\/(\w+)`/)).toEqual([STATE_PREFIX]);
  });

  test('is said as the page has it', async () => {
    expect(await taken(memoryState())).toEqual([said]);
  });

  test('makes the source go on behind it, and produces no row up to it again', async () => {
    const source = memorySource();
    source.ids.push(1n, 41n, 42n, 43n, 50n);
    await taken(source.state);
    await source.invoke();
    const ids = source.log
      .records('in-prices')
      .flat()
      .map(({ value }) => value?.subarray(5));
    // Avro's zigzag: 43 and 50.
    expect(ids).toEqual([Buffer.from([86]), Buffer.from([100])]);
    const key = cursorKey('connect-postgresql', 'public.prices');
    const moved = await source.state.read(key);
    expect(parseCursor(moved?.body ?? Buffer.alloc(0), key).position).toEqual({ incrementing: 50n });
  });

  test.each(['import', 'get', 'reset'])('has commands that are as the page writes them: %s', (name) => {
    const lines = page
      .split('\n')
      .filter((line) => line.includes(`npx connectless offsets ${name} connect-postgresql `));
    const command = offsetsCommand().commands.find((one) => one.name() === name);
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const [args = ''] = line.split('npx connectless offsets ').slice(1);
      const { operands, unknown } = command?.parseOptions(args.split(/ +#/)[0]?.trim().split(' ').slice(1) ?? []) ?? {};
      expect(operands).toEqual(expect.arrayContaining(['connect-postgresql', 'connectors/worker.properties']));
      expect(unknown).toEqual([]);
    }
  });
});

describe("the sink's offsets", () => {
  test("are those of Connect's group for the first topic, and of a group of its own for each other", () => {
    const groupsOf = (...topics: string[]) => triggeredTopics({ ...sampleConfig, topics }).map(({ group }) => group);
    expect(groupsOf('orders')).toEqual(['connect-s3-sink']);
    const [, group] = groupsOf('orders', 'prices');
    const [from, topic, to] = found(
      /--group (\S+) --topic (\S+) --reset-offsets --to-current --dry-run --export > prices\.csv\n.*--group (\S+) --reset-offsets --from-file prices\.csv/,
    );
    expect([from, topic, to]).toEqual(['connect-s3-sink', 'prices', group]);
  });

  test('make the first file begin behind Connect’s last, and leave Connect’s as they are', async () => {
    const bucket = memoryBucket({ smallestPart: 5_242_880, etags: 'md5' });
    const theirs = (offset: number) => `topics/prices/partition=0/prices+0+${String(offset).padStart(10, '0')}.avro`;
    for (const offset of [0, 3]) bucket.overwrite(theirs(offset), Buffer.from('of Connect'));
    const sink = sinkOn(sampleConfig, memoryState(), bucket, sampleRegistry, recordedMetrics());
    await sinkPartition(sink, { topic: 'prices', partition: 0 }, records(6, 10));
    expect([...bucket.objects.keys()]).toEqual([0, 3, 6].map(theirs));
    expect(`${bucket.objects.get(theirs(3))}`).toBe('of Connect');
  });

  test('stop at a file that Connect made and did not commit, and do not overwrite it', async () => {
    const bucket = memoryBucket({ smallestPart: 5_242_880, etags: 'md5' });
    const key = 'topics/prices/partition=0/prices+0+0000000006.avro';
    bucket.overwrite(key, Buffer.from('of Connect'));
    const sink = sinkOn(sampleConfig, memoryState(), bucket, sampleRegistry, recordedMetrics());
    const sunk = sinkPartition(sink, { topic: 'prices', partition: 0 }, records(6, 10));
    await expect(sunk).rejects.toMatchObject({ code: 'FILE_NOT_OURS', message: expect.stringContaining(key) });
    bucket.remove(key);
    await sinkPartition(sink, { topic: 'prices', partition: 0 }, records(6, 10));
    expect(bucket.objects.get(key)?.subarray(0, 3)).toEqual(Buffer.from('Obj'));
  });
});

describe('the way back', () => {
  beforeAll(loadSampleFormats);
  const [script = ''] = found(/node -e '\n([\s\S]*?)\n'\n/);

  function stateOf(until: number) {
    const schema = dataSchema('{"type":"record","name":"R1","fields":[{"name":"text","type":"bytes"}]}', { id: 1 });
    const plan = planRecords({
      source: { topic: 'prices', partition: 0 },
      stateKey: 'key',
      state: undefined,
      records: records(4, until),
      now: 0,
      rules: sampleRules(sampleConfig, () => schema),
    });
    if (!('state' in plan) || plan.state === undefined) throw new Error('nothing was planned');
    return plan.state;
  }
  const offsetOf = (state: Parameters<typeof encodeState>[0]) =>
    execFileSync(process.execPath, ['-e', script], {
      input: encodeState(state),
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();

  test.each([
    [5, '4'],
    [9, '7'],
    [10, '10'],
  ])('begins with the first record that is in no file: of offsets 4 to before %i, %s', async (until, offset) => {
    expect(offsetOf({ ...stateOf(until), closing: [] })).toBe(offset);
  });

  test('waits for a file that is to be closed', async () => {
    const state = await stateOf(9);
    expect(state.closing).toHaveLength(1);
    expect(() => offsetOf(state)).toThrow('a file is not closed yet');
  });
});
