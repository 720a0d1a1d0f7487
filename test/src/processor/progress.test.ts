// The state object of a copied partition, and the steps that follow from it.
import { describe, expect, test } from '@jest/globals';
import {
  abandoned,
  copiedUpTo,
  intended,
  nextStep,
  type Progress,
  parseProgress,
  printProgress,
  progressKey,
} from '../../../src/processor/progress';

const records = (...offsets: number[]) => offsets.map((offset) => ({ offset, timestamp: offset * 10 }));
const intent = { owner: 'one', until: 1000, ends: [5, 7] };
const open: Progress = { nextOffset: 10, last: { offset: 19, timestamp: 190 }, intent };
const settled: Progress = { nextOffset: 10, last: { offset: 9, timestamp: 90 } };

describe('nextStep', () => {
  test('begins with whatever comes first', () => {
    expect(nextStep(undefined, records(3, 4), 0, 30)).toEqual({ kind: 'begin', records: records(3, 4) });
  });

  test('drops what is copied', () => {
    expect(nextStep(settled, records(8, 9, 10), 0, 30)).toEqual({ kind: 'begin', records: records(10) });
    expect(nextStep(settled, records(8, 9), 0, 30)).toEqual({ kind: 'done' });
  });

  test('takes an intent for settled when the trigger goes on behind it, without waiting', () => {
    expect(nextStep(open, records(20, 21), 0, 30)).toEqual({ kind: 'begin', records: records(20, 21) });
  });

  test('waits for the request time-out after the deadline of an intent that covers the batch', () => {
    expect(nextStep(open, records(10), 1029, 30)).toEqual({ kind: 'wait', time: 1030 });
    expect(nextStep(open, records(10, 20), 1030, 30)).toMatchObject({ kind: 'resume', records: records(10, 20) });
  });
});

describe('transitions', () => {
  test('an intent reaches from the first record to the last', () => {
    expect(intended(records(10, 12, 15), intent)).toEqual({
      nextOffset: 10,
      last: { offset: 15, timestamp: 150 },
      intent,
    });
  });

  test('an intent that is taken up by a shorter batch keeps its farther records', () => {
    expect(intended(records(10, 11), intent, open).last).toEqual(open.last);
    expect(intended(records(10, 25), intent, open).last.offset).toBe(25);
  });

  test('the rest of an intent stays open, with nobody at work on it', () => {
    expect(copiedUpTo({ offset: 12, timestamp: 120 }, open, 'two', [6, 7])).toEqual({
      nextOffset: 13,
      last: open.last,
      intent: { owner: 'two', until: 0, ends: [6, 7] },
    });
  });

  test('nothing of an intent stays when its last record is copied', () => {
    expect(copiedUpTo({ offset: 19, timestamp: 190 }, open, 'two', [6, 7])).toEqual({
      nextOffset: 20,
      last: { offset: 19, timestamp: 190 },
    });
  });

  test('a producer that gave up is waited for from now on', () => {
    expect(abandoned(open, 400).intent?.until).toBe(400);
    expect(abandoned(settled, 400)).toEqual(settled);
  });
});

describe('the state object', () => {
  test('is read as it was written', () => {
    for (const progress of [open, settled]) expect(parseProgress(printProgress(progress), 'key')).toEqual(progress);
  });

  test('has a key of its own for each connector, topic and partition', () => {
    expect(progressKey('copy', 'prices', 3)).toBe('processor/copy/prices/3');
  });

  test.each([
    ['{', /JSON/],
    ['{"version":2}', /version 2, this program reads 1/],
    ['{"version":1,"nextOffset":"3"}', /nextOffset is no integer/],
    ['{"version":1,"nextOffset":3,"last":{"offset":2}}', /last.timestamp is no integer/],
    [
      '{"version":1,"nextOffset":3,"last":{"offset":2,"timestamp":1},"intent":{"owner":"x","until":1}}',
      /ends is no array/,
    ],
  ])('that reads %s is refused with its key', (text, reason) => {
    const parse = () => parseProgress(Buffer.from(text), 'processor/copy/prices/3');
    expect(parse).toThrow(/processor\/copy\/prices\/3/);
    expect(parse).toThrow(reason);
  });
});
