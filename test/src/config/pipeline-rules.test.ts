// Faults that several files have together.
import { describe, expect, test } from '@jest/globals';
import { report } from '../../../src/config/report';
import { faultsOf, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from './files';

describe('faults between files', () => {
  test('two connectors of one name', () => {
    expect(faultsOf(WORKER, SOURCE, { ...PROCESSOR, name: 'a-source' })).toEqual([
      'c1:1: name: is the name of the connector in c0, too; give each connector a name of its own',
    ]);
  });

  test('a processor that writes to a topic which it reads, alone or with others', () => {
    const what =
      'leads back to a topic that this processor reads, so a record would go round for ever; write to another topic';
    expect(faultsOf(WORKER, { ...PROCESSOR, topics: 'a,b', 'connectless.output.topic': 'b' })).toEqual([
      `c0:4: connectless.output.topic: ${what}`,
    ]);
    const there = { ...PROCESSOR, topics: 'a', 'connectless.output.topic': 'b' };
    const onward = { ...PROCESSOR, name: 'p2', topics: 'b', 'connectless.output.topic': 'c' };
    const back = { ...PROCESSOR, name: 'p3', topics: 'c', 'connectless.output.topic': 'a' };
    expect(faultsOf(WORKER, there, onward)).toEqual([]);
    expect(faultsOf(WORKER, there, onward, back)).toHaveLength(3);
  });

  test('two sinks that would write the same files', () => {
    expect(faultsOf(WORKER, SINK, { ...SINK, name: 's2' })).toEqual([
      'c1:3: topics: has a topic that c0 writes to the same place; give one of them another topics.dir or bucket',
    ]);
    expect(faultsOf(WORKER, SINK, { ...SINK, name: 's2', 'topics.dir': 'other' })).toEqual([]);
  });

  const PATTERN = { ...SINK, name: 's2', topics: undefined };
  test.each<[string, Properties]>([
    ['matches a topic that the other names', { 'topics.regex': 'out-.*' }],
    ['matches it the other way round', { 'topics.regex': '.*prices' }],
  ])('two sinks of one place, where a pattern %s', (_, pattern) => {
    const line =
      'topics.regex: has a topic that c0 writes to the same place; give one of them another topics.dir or bucket';
    expect(faultsOf(WORKER, SINK, { ...PATTERN, ...pattern })).toEqual([`c1:7: ${line}`]);
  });

  test('two sinks of one place, where two patterns match a topic that any file names, or are the same', () => {
    const one = { ...PATTERN, name: 's1', 'topics.regex': 'out-.*' };
    const other = { ...PATTERN, 'topics.regex': '.*-prices' };
    const line = expect.stringContaining('topics.regex: has a topic that c');
    expect(faultsOf(WORKER, one, other)).toEqual([]);
    expect(faultsOf(WORKER, one, other, PROCESSOR)).toEqual([line]);
    expect(faultsOf(WORKER, one, { ...other, 'topics.regex': 'out-.*' })).toEqual([line]);
    const source = { ...SOURCE, 'topic.prefix': 'out-', 'table.whitelist': 'public.prices' };
    expect(faultsOf(WORKER, one, other, source)).toEqual([line]);
  });

  test.each<[string, Properties]>([
    ['names of other ends', { 'format.class': 'io.confluent.connect.s3.format.json.JsonFormat' }],
    ['other topics', { topics: 'b' }],
    ['other buckets', { 's3.bucket.name': 'other' }],
    ['patterns that miss each other', { topics: undefined, 'topics.regex': 'b.*' }],
  ])('two sinks side by side have %s', (_, properties) => {
    expect(faultsOf(WORKER, SINK, { ...SINK, name: 's2', ...properties })).toEqual([]);
  });

  test("the worker's file among the connectors", () => {
    expect(faultsOf(WORKER, WORKER)).toEqual([
      "c0: has bootstrap.servers and no connector.class: it is a worker's file, and there is one already; give connectors' files behind the worker's",
    ]);
  });

  test('all faults of all files stand in one report, by file and line', () => {
    const { faults, config } = validate(
      { ...WORKER, 'rest.portt': '1' },
      { ...SOURCE, mode: 'nope', name: undefined },
      { ...SINK, 'flush.size': '0' },
    );
    expect(config).toBeUndefined();
    expect(report(faults).split('\n')).toEqual([
      expect.stringMatching(/^w:6: rest\.portt: /),
      expect.stringMatching(/^c0:3: mode: /),
      expect.stringMatching(/^c0: name: is missing/),
      expect.stringMatching(/^c1:5: flush\.size: /),
      '4 faults in the configuration.',
    ]);
  });
});
