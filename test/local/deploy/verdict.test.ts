// What counts as a fault of a deployment that was lived through.
import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../../local/deploy/prices';
import type { Seen } from '../../../local/deploy/story';
import { faultsOf } from '../../../local/deploy/verdict';

const rows: readonly Price[] = Array.from({ length: 10 }, (_, row) => ({ id: row + 1, item: 'pen', price: 1.5 }));
const files = new Map([
  ['archive/0.avro', rows.slice(0, 4)],
  ['topics/0.avro', rows.slice(0, 2)],
  ['topics/2.avro', rows.slice(2, 4)],
  ['topics/4.avro', rows.slice(4, 7)],
  ['topics/7.avro', rows.slice(7)],
]);
const first: Seen['first'] = {
  leftOut: new Map(),
  outputs: {},
  functions: ['run-archive', 'run-s3-sink'],
  sourceConcurrency: 1,
  files,
  unsigned: { status: 403, body: '' },
  signed: { status: 200, body: '[]' },
};
const changed: Seen['changed'] = { functions: ['run-s3-sink'], archiveState: ['sink/archive/0'], rows, files };
const left: Seen['left'] = { functions: [], files };

const without = (key: string) => new Map([...files].filter(([name]) => name !== key));
const twice = new Map([...files, ['topics/4.avro', rows.slice(3, 7)]]);

describe('a deployment', () => {
  test('without a fault has none', () => {
    expect(faultsOf({ first, changed, left })).toEqual([]);
  });

  test.each<[string, Partial<{ [Part in keyof Seen]: Partial<Seen[Part]> }>, RegExp]>([
    ['that loses rows', { changed: { files: without('topics/7.avro') } }, /the files have 1, 2, 3, 4, 5, 6, 7, or/],
    ['that repeats a row', { changed: { files: twice } }, /the files have 1, 2, 3, 4, 4, 5, 6, 7/],
    [
      'that changes a value',
      { changed: { rows: [{ ...rows[0], price: 2 } as Price, ...rows.slice(1)] } },
      /values differ/,
    ],
    ['whose files are of another size', { changed: { files: twice } }, /rows, not 2, 2, 3, 3/],
    ['that touches the files of a removed sink', { changed: { files: without('archive/0.avro') } }, /its one file/],
    ['that forgets the state of a removed sink', { changed: { archiveState: [] } }, /lost its state/],
    ['that keeps the function of a removed sink', { changed: { functions: first.functions } }, /are gone: none/],
    ['that removes another function', { changed: { functions: ['run-archive'] } }, /are gone: run-s3-sink/],
    ['whose source may run twice at once', { first: { sourceConcurrency: undefined } }, /undefined times at once/],
    ['whose registry lets anybody in', { first: { unsigned: { status: 200, body: '' } } }, /200 without a signature/],
    ['whose registry fails', { first: { signed: { status: 500, body: '' } } }, /500 to a signed request/],
    ['that leaves functions', { left: { functions: ['run-topics'] } }, /has left run-topics/],
    ['that takes files along', { left: { files: new Map() } }, /touched the files/],
  ])('%s has that fault', (_, difference, fault) => {
    const seen: Seen = {
      first: { ...first, ...difference.first },
      changed: { ...changed, ...difference.changed },
      left: { ...left, ...difference.left },
    };
    expect(faultsOf(seen)).toContainEqual(expect.stringMatching(fault));
  });
});
