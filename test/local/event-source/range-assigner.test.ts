import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rangeAssignment } from '../../../local/event-source/range-assigner';

const assigned = (topicsOf: Record<string, string[]>, partitions: Record<string, number[]>) =>
  Object.fromEntries(rangeAssignment(new Map(Object.entries(topicsOf)), new Map(Object.entries(partitions))));

describe('the range assigner', () => {
  test.each([
    ['one member gets everything', { m: ['a', 'b'] }, { a: [0, 1], b: [0] }, { m: { a: [0, 1], b: [0] } }],
    [
      'partitions that are left over go to the first members, as RangeAssignor gives them',
      { m2: ['a'], m1: ['a'], m3: ['a'] },
      { a: [4, 3, 2, 1, 0] },
      { m1: { a: [0, 1] }, m2: { a: [2, 3] }, m3: { a: [4] } },
    ],
    [
      'a member gets no topic that it does not read',
      { m1: ['a'], m2: ['b'] },
      { a: [0], b: [0, 1] },
      { m1: { a: [0] }, m2: { b: [0, 1] } },
    ],
    ['a member may get nothing', { m1: ['a'], m2: ['a'] }, { a: [0] }, { m1: { a: [0] }, m2: {} }],
    ['a topic that is not there goes to nobody', { m: ['a', 'gone'] }, { a: [0] }, { m: { a: [0] } }],
  ])('%s', (_, topicsOf, partitions, expected) => {
    expect(assigned(topicsOf as Record<string, string[]>, partitions as Record<string, number[]>)).toEqual(expected);
  });

  test('gives each partition that somebody reads to one of its readers, and the readers even shares', () => {
    const topic = fc.constantFrom<string>('a', 'b', 'c');
    const members = fc.dictionary(fc.uuid(), fc.uniqueArray(topic), { minKeys: 1, maxKeys: 5 });
    const partitions = fc.dictionary(
      topic,
      fc.nat(7).map((count) => Array.from({ length: count }, (_, one) => one)),
    );
    fc.assert(
      fc.property(members, partitions, (topicsOf, counts) => {
        const assignment = assigned(topicsOf, counts);
        for (const [name, all] of Object.entries(counts)) {
          const readers = Object.keys(topicsOf).filter((member) => topicsOf[member]?.includes(name));
          const shares = readers.map((member) => assignment[member]?.[name] ?? []);
          expect(shares.flat().sort()).toEqual(readers.length === 0 ? [] : all);
          const sizes = shares.map(({ length }) => length);
          expect(Math.max(0, ...sizes) - Math.min(Infinity, ...sizes)).toBeLessThanOrEqual(1);
          const given = Object.values(assignment).flatMap((one) => one[name] ?? []);
          expect(given).toHaveLength(shares.flat().length);
        }
      }),
    );
  });
});
