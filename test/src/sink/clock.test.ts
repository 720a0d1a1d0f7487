import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../src/config/model';
import { clockFor, goesByClock, mustSayClock } from '../../../src/sink/clock';
import type { FileBytes, PartitionState } from '../../../src/sink/partition-state';
import { sampleConfig } from './sample';

const seen = { offset: 5, timestamp: 1 };
const state: PartitionState = { first: seen, last: seen, open: [], closing: [] };
const unsaid = { ...sampleConfig, rotateScheduleMs: 60_000 };
const time = { kind: 'time', durationMs: 60_000, pathFormat: 'mm', locale: 'en', timeZone: 'UTC' } as const;

const unshared: FileBytes = { key: 'k', startOffset: 0, partSize: 10, tail: [] };
const shared: FileBytes = { ...unshared, upload: { id: 'upload-1', etags: ['one'] } };
const plan = (...files: FileBytes[]) => ({
  state,
  parts: files.map((file) => ({ file, bodies: [Buffer.alloc(10)] })),
  faults: [],
  ignored: [],
  now: 7,
});

describe('the clock that records are planned by', () => {
  test('is what somebody has said already', () => {
    expect(clockFor({ ...state, clock: 3 }, 7)).toBe(3);
    expect(clockFor({ ...state, clock: 0 }, 7)).toBe(0);
  });

  test('is now when nobody has', () => {
    expect(clockFor(state, 7)).toBe(7);
    expect(clockFor(undefined, 7)).toBe(7);
  });
});

describe('the clock must be said before', () => {
  test('a part goes to an upload that the state knows', () => {
    expect(mustSayClock(unsaid, state, plan(shared))).toBe(true);
    expect(mustSayClock(unsaid, state, plan(unshared, shared))).toBe(true);
  });

  test.each<[string, SinkConfig, PartitionState | undefined, readonly FileBytes[]]>([
    ['no parts', unsaid, state, []],
    ['parts of an upload that is this writer’s alone', unsaid, state, [unshared]],
    ['a clock that is said already', unsaid, { ...state, clock: 0 }, [shared]],
    ['a partition without a state', unsaid, undefined, [shared]],
    ['a configuration that no clock has a part in', sampleConfig, state, [shared]],
  ])('not with %s', (_, config, before, files) => {
    expect(mustSayClock(config, before, plan(...files))).toBe(false);
  });
});

test.each<[string, Partial<SinkConfig>, boolean]>([
  ['rotate.schedule.interval.ms', { rotateScheduleMs: 1 }, true],
  ['connectless.rotate.idle.ms', { rotateIdleMs: 1 }, true],
  ['the extractor Wallclock', { partitioner: { ...time, extractor: { kind: 'wallclock' } } }, true],
  ['the extractor Record', { partitioner: { ...time, extractor: { kind: 'record' } } }, false],
  ['rotate.interval.ms', { rotateIntervalMs: 1 }, false],
  ['the default partitioner', {}, false],
])('with %s the wall clock decides where records go: %p %s', (_, changes, decides) => {
  expect(goesByClock({ ...sampleConfig, ...changes })).toBe(decides);
});
