import { describe, expect, test } from '@jest/globals';
import { plannedTopics, triggeredTopics } from '../../../lib/deployment/topics';
import type { ConnectorConfig } from '../../../src/config/pipeline-model';
import { PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from '../../src/config/files';

function connectors(...files: Properties[]): readonly ConnectorConfig[] {
  const { config, faults } = validate(WORKER, ...files);
  if (config === undefined) throw new Error(JSON.stringify(faults));
  return config.connectors;
}

const CREATION = { 'topic.creation.default.partitions': '6', 'topic.creation.default.replication.factor': '3' };

describe('the topics of a pipeline', () => {
  test('are all that its files name, each once, in the order of their names', () => {
    const planned = plannedTopics(
      connectors({ ...SOURCE, 'table.whitelist': 'prices,public.stock' }, PROCESSOR, SINK, {
        ...SINK,
        name: 'another-sink',
        topics: 'out-prices,elsewhere',
        'topics.dir': 'another',
      }),
    );
    expect(planned.map(({ topic }) => topic)).toEqual(['elsewhere', 'in-prices', 'in-stock', 'out-prices']);
  });

  test('are not known of a source that reads every table', () => {
    expect(plannedTopics(connectors(SOURCE))).toEqual([]);
  });

  test('have partitions and replicas as whoever writes them says', () => {
    const planned = plannedTopics(
      connectors({ ...SOURCE, ...CREATION }, { ...PROCESSOR, 'topic.creation.default.partitions': '2' }, SINK),
    );
    expect(planned).toEqual([
      { topic: 'in-prices', partitions: 6, replicationFactor: 3 },
      { topic: 'out-prices', partitions: 2 },
    ]);
  });

  test('that a source only finds are as it says, but not those that another one names', () => {
    const finds = { ...SOURCE, ...CREATION };
    const names = { ...SOURCE, name: 'names', 'table.whitelist': 'prices' };
    const sink = { ...SINK, topics: 'in-prices,in-stock' };
    expect(plannedTopics(connectors(finds, names, sink))).toEqual([
      { topic: 'in-prices' },
      { topic: 'in-stock', partitions: 6, replicationFactor: 3 },
    ]);
  });

  test('are those of dead letters, too, with one partition, as Connect makes them', () => {
    const letters = { 'errors.tolerance': 'all', 'errors.deadletterqueue.topic.name': 'dead' };
    const replicas = 'errors.deadletterqueue.topic.replication.factor';
    expect(plannedTopics(connectors({ ...SINK, ...letters }))).toEqual([
      { topic: 'dead', partitions: 1, replicationFactor: 3 },
      { topic: 'out-prices' },
    ]);
    expect(plannedTopics(connectors({ ...SINK, ...letters, [replicas]: '-1' }))).toContainEqual({
      topic: 'dead',
      partitions: 1,
    });
  });

  test('are as the broker has it where nobody says more, or nobody here writes them', () => {
    expect(plannedTopics(connectors(SINK))).toEqual([{ topic: 'out-prices' }]);
    const default_ = { 'topic.creation.default.partitions': '-1' };
    expect(plannedTopics(connectors({ ...PROCESSOR, ...default_ }))).toEqual([
      { topic: 'in-prices' },
      { topic: 'out-prices' },
    ]);
  });
});

describe('the group of a trigger', () => {
  const reader = (topics: string, more: Properties = {}) => {
    const [sink] = connectors({ ...SINK, name: 's3-sink', topics, ...more });
    if (sink?.kind !== 'sink') throw new Error('it is no sink');
    return sink;
  };

  test("is the sink's own of Kafka Connect for one topic", () => {
    expect(triggeredTopics(reader('prices'))).toEqual([{ topic: 'prices', group: 'connect-s3-sink' }]);
  });

  test('has the name of each topic of a pattern: none of them is the first', () => {
    const sink = { ...reader('prices,stock'), topicsRegex: '.*' };
    expect(triggeredTopics(sink).map(({ group }) => group)).toEqual([
      'connect-s3-sink-prices',
      'connect-s3-sink-stock',
    ]);
  });

  test('of each further topic has its name: a trigger has one topic, and a group of its own that stays when topics are added', () => {
    expect(triggeredTopics(reader('prices,stock'))).toEqual([
      { topic: 'prices', group: 'connect-s3-sink' },
      { topic: 'stock', group: 'connect-s3-sink-stock' },
    ]);
  });
});
