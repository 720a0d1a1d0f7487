import { describe, expect, test } from '@jest/globals';
import type { SinkConfig } from '../../../src/config/sink-model';
import { clockToSay, goesByClock, timed, withClock } from '../../../src/sink/clock';
import type { FileBytes, PartitionState } from '../../../src/sink/partition-state';
import { records, sampleConfig } from './sample';

const seen = { offset: 5, timestamp: 1 };
const state: PartitionState = { first: seen, last: seen, open: [], closing: [] };
const said: PartitionState = { ...state, clock: { now: 3, until: 8 } };
const scheduled = { ...sampleConfig, rotateScheduleMs: 60_000 };
const time = { kind: 'time', durationMs: 60_000, pathFormat: 'mm', locale: 'en', timeZone: 'UTC' } as const;

const unshared: FileBytes = { key: 'k', startOffset: 0, partSize: 10, tail: [] };
const shared: FileBytes = { ...unshared, upload: { id: 'upload-1', etags: ['one'] } };
const plan = (...files: FileBytes[]) => ({
  state,
  parts: files.map((file) => ({ file, bodies: [Buffer.alloc(10)] })),
  faults: [],
  ignored: [],
});
const offsets = (given: readonly { offset: number }[]) => given.map(({ offset }) => offset);

describe('the clock that records are planned by', () => {
  test('is now when nobody has said one, for all of them', () => {
    for (const before of [state, undefined]) {
      expect(timed(before, records(6, 9), 7)).toEqual({
        records: records(6, 9),
        now: 7,
        isSaid: false,
        hasMore: false,
      });
    }
  });

  test('is what was said, for the records that it was said of', () => {
    const { records: those, ...rest } = timed(said, records(4, 12), 7);
    expect(offsets(those)).toEqual([4, 5, 6, 7, 8]);
    expect(rest).toEqual({ now: 3, isSaid: true, hasMore: true });
  });

  test('leaves nothing for later when all of them are among those', () => {
    expect(timed(said, records(6, 8), 7)).toMatchObject({ now: 3, isSaid: true, hasMore: false });
  });

  test('is now when the records that it was said of are gone, or were all taken', () => {
    expect(timed(said, records(9, 12), 7)).toMatchObject({ now: 7, isSaid: false });
    expect(timed(said, records(3, 6), 7)).toMatchObject({ now: 7, isSaid: false });
  });
});

describe('the clock must be said before', () => {
  const part = timed(state, records(6, 9), 7);

  test('a part goes to an upload that the state knows, up to the last record', () => {
    expect(clockToSay(scheduled, state, part, plan(shared))).toEqual({ now: 7, until: 8 });
    expect(clockToSay(scheduled, state, part, plan(unshared, shared))).toEqual({ now: 7, until: 8 });
  });

  test.each<[string, SinkConfig, PartitionState | undefined, typeof part, readonly FileBytes[]]>([
    ['no parts', scheduled, state, part, []],
    ['parts of an upload that is this writer’s alone', scheduled, state, part, [unshared]],
    ['a clock that is said already', scheduled, said, timed(said, records(6, 9), 7), [shared]],
    ['a partition without a state', scheduled, undefined, part, [shared]],
    ['no record', scheduled, state, { ...part, records: [] }, [shared]],
    ['a configuration that no clock has a part in', sampleConfig, state, part, [shared]],
  ])('not with %s', (_, config, before, those, files) => {
    expect(clockToSay(config, before, those, plan(...files))).toBeUndefined();
  });
});

test('what was said stays until the last of its records is taken', () => {
  const clock = { now: 3, until: 6 };
  expect(withClock(state, clock)).toEqual({ ...state, clock });
  expect(withClock({ ...state, last: { ...seen, offset: 6 } }, clock).clock).toBeUndefined();
  expect(withClock(state, undefined)).toBe(state);
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
