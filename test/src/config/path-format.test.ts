// Patterns of Joda's.
import { expect, test } from '@jest/globals';
import { pathFormatProblem } from '../../../src/config/path-format';

test.each([
  "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH",
  'GCYyxweEDMdaKhHkmsSZ',
  "'it''s' yyyy",
  "yyyy 'open to the end",
  'yyyy-MM-dd_HH|mm',
])('%s is one', (pattern) => expect(pathFormatProblem(pattern)).toBeUndefined());

test.each([
  ['yyyy/foo', 'has the letter f'],
  ["'year'=YYYY/month=MM", 'has the letter o'],
  ['YYYY/QQ', 'has the letter Q'],
  ['YYYY z', 'has the letter z'],
  ["YYYY/'..'/MM", 'would make keys that tools cannot reach'],
  ["'.'./YYYY", 'would make keys that tools cannot reach'],
])('%s is none', (pattern, what) => expect(pathFormatProblem(pattern)?.what).toContain(what));
