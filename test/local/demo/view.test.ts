import { expect, test } from '@jest/globals';
import { line, panel } from '../../../local/demo/view';

const figures = {
  rows: 12,
  inTopic: 12,
  outTopic: 11,
  files: 1,
  newestFile: 'a+0+0.avro',
  freshness: [900, 3100, 2000],
};

test('the line says what is at each station, and the median and longest time from commit to file', () => {
  expect(line(figures)).toBe('rows 12 · in 12 · out 11 · files 1 · commit → file median 2.0 s, longest 3.1 s');
});

test('before the first file there is no time to show', () => {
  expect(line({ ...figures, freshness: [] })).toContain('no file yet');
});

test('the panel names the newest file and keeps to the singular for one', () => {
  expect(panel(figures)).toContain('1 file, newest a+0+0.avro');
});
