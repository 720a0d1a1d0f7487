import { describe, expect, test } from '@jest/globals';
import { disagreements } from '../../../local/demo/reconcile';

const agreed = {
  table: [1, 2, 3, 4],
  inTopic: [1, 2, 3, 4],
  outTopic: [1, 2, 3, 4],
  files: new Map([['a', [1, 2, 3]]]),
  flushSize: 3,
};

describe('reconciliation of table, topics and files', () => {
  test('agrees when the records that no file holds yet are fewer than flush.size', () => {
    expect(disagreements(agreed)).toEqual([]);
  });

  test('names a row that a topic lacks', () => {
    expect(disagreements({ ...agreed, inTopic: [1, 2, 4] })).toContain('confluent-in-prices lacks id 3 of table');
  });

  test('names a record that a topic holds twice', () => {
    expect(disagreements({ ...agreed, outTopic: [1, 2, 2, 3, 4] })).toContain(
      'confluent-out-prices has id 2 more than once',
    );
  });

  test('names a record that the files hold twice', () => {
    const files = new Map([
      ['a', [1, 2, 3]],
      ['b', [3]],
    ]);
    expect(disagreements({ ...agreed, files })).toEqual([
      'files and the open file lacks id 4 of confluent-out-prices',
      'files and the open file has id 3 more than once',
    ]);
  });

  test('does not take a full file that was never written for an open one', () => {
    expect(disagreements({ ...agreed, files: new Map() })).toContain('4 records wait for a file, but flush.size is 3');
  });
});
