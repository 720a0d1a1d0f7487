// What a record of a started server is worth to a later run.
import { describe, expect, test } from '@jest/globals';
import { judge, parseRunRecord, type RunRecord } from '../../../local/servers/leftover-rule';

const record: RunRecord = {
  name: 'Kafka',
  pid: 20,
  started: 'boot 2000',
  owner: 10,
  ownerStarted: 'boot 1000',
  stopSignal: 'SIGTERM',
  directory: '/tmp/connectless-kafka-a',
};

describe('a started server', () => {
  test.each<[string, Record<number, string>]>([
    ['owned', { 10: 'boot 1000', 20: 'boot 2000' }],
    ['owned', { 10: 'boot 1000' }],
    ['left behind', { 20: 'boot 2000' }],
    ['left behind', { 10: 'boot 9000', 20: 'boot 2000' }],
    ['ended', {}],
    ['ended', { 20: 'boot 9000' }],
    ['ended', { 10: 'boot 9000', 20: 'boot 9000' }],
  ])('is %s when the processes are %j', (verdict, running) => {
    expect(judge(record, (pid) => running[pid])).toBe(verdict);
  });
});

describe('a record', () => {
  test('survives being written and read', () => {
    expect(parseRunRecord(JSON.stringify(record))).toEqual(record);
  });

  test.each([
    '',
    '{"pid":20',
    '{}',
    JSON.stringify({ ...record, pid: '20' }),
    JSON.stringify({ ...record, owner: undefined }),
  ])('that is not whole counts for nothing: %s', (text) => {
    expect(parseRunRecord(text)).toBeUndefined();
  });
});
