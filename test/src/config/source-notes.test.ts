// What is accepted in a source's file without meaning.
import { describe, expect, test } from '@jest/globals';
import { noteLine } from '../../../src/config/report';
import { type Properties, SOURCE, validate, WORKER } from './files';

const notesOf = (properties: Properties) => {
  const { faults, notes } = validate(WORKER, { ...SOURCE, ...properties });
  expect(faults).toEqual([]);
  return notes.map(noteLine).filter((line) => line.startsWith('c0'));
};

describe('a source is told what it has for nothing', () => {
  test.each<[Properties, string[]]>([
    [
      { mode: 'bulk', 'incrementing.column.name': 'id', 'timestamp.column.name': 't', 'validate.non.null': 'true' },
      [
        'c0:6: incrementing.column.name: The mode does not go by ids.',
        'c0:7: timestamp.column.name: The mode does not go by timestamps.',
        'c0:8: validate.non.null: The mode goes by no column.',
      ],
    ],
    [
      { 'timestamp.delay.interval.ms': '1000' },
      ['c0:6: timestamp.delay.interval.ms: The mode does not go by timestamps.'],
    ],
    [
      { mode: 'bulk', query: 'SELECT 1', 'schema.pattern': 'a', 'table.types': 'VIEW' },
      [
        'c0:7: schema.pattern: A query is read in place of tables.',
        'c0:8: table.types: A query is read in place of tables.',
      ],
    ],
    [
      { 'numeric.precision.mapping': 'true', 'numeric.mapping': 'none' },
      ['c0:6: numeric.precision.mapping: numeric.mapping goes before it.'],
    ],
    [
      { 'transaction.isolation.mode': 'REPEATABLE_READ' },
      [
        'c0:6: transaction.isolation.mode: Every statement has the isolation that it needs: what is final is found out in a snapshot of its own.',
      ],
    ],
    [
      { 'quote.sql.identifiers': 'never', 'incrementing.column.name': 'ID' },
      ['c0:7: incrementing.column.name: Without quotes Postgres reads it in small letters, and so does this.'],
    ],
    [{ 'quote.sql.identifiers': 'never', 'incrementing.column.name': 'id' }, []],
    [{ mode: 'timestamp', 'timestamp.column.name': 't', 'timestamp.delay.interval.ms': '1000' }, []],
  ])('%j', (properties, lines) => expect(notesOf(properties)).toEqual(lines));
});
