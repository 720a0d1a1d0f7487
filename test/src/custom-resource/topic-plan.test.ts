import { describe, expect, test } from '@jest/globals';
import { type FoundTopic, topicPlan } from '../../../src/custom-resource/topic-plan';
import type { TopicProperties } from '../../../src/custom-resource/topic-request';

const found: FoundTopic = { partitions: 3, replicationFactor: 2, config: {} };
const asked = (partitions?: number, more: Partial<TopicProperties> = {}): TopicProperties => ({
  topic: 'prices',
  ...(partitions === undefined ? {} : { partitions }),
  config: {},
  ...more,
});

describe('a topic', () => {
  test('that is not there is made, also where an update does not find it', () => {
    expect(topicPlan({ wanted: asked(3) }, undefined)).toEqual({ create: true, left: [] });
    expect(topicPlan({ wanted: asked(3), before: asked(6) }, undefined)).toEqual({ create: true, left: [] });
  });

  test.each([1, 3, 6])(
    'that was there before the stack is left as it is, whether %d partitions are asked or none',
    (n) => {
      expect(topicPlan({ wanted: asked(n) }, found).growTo).toBeUndefined();
      expect(topicPlan({ wanted: asked() }, found)).toEqual({ create: false, left: [] });
    },
  );

  test.each([
    ['grows when more are asked for than before', 3, 6, 6],
    ['grows when a number above what is there is asked for the first time', undefined, 4, 4],
    ['grows to what is missing only', 1, 5, 5],
    ['that has as many already stays', 1, 3, undefined],
    ['that somebody made larger stays', 1, 2, undefined],
    ['that somebody made anew, with fewer, stays when the number was not changed', 6, 6, undefined],
    ['stays when no number is asked for any more', 6, undefined, undefined],
  ])('%s', (_, before, wanted, growTo) => {
    expect(topicPlan({ wanted: asked(wanted), before: asked(before) }, found).growTo).toBe(growTo);
  });

  test.each([
    ['fewer than before', 3, 2],
    ['fewer than are there, for the first time', undefined, 1],
  ])('with %s is refused', (_, before, wanted) => {
    expect(() => topicPlan({ wanted: asked(wanted), before: asked(before) }, found)).toThrow(
      `Topic prices has 3 partitions, and Kafka cannot take any away: ask for 3 again, or for a topic of another name with ${wanted}.`,
    );
  });

  test('may go back to a smaller number when it never grew', () => {
    expect(topicPlan({ wanted: asked(3), before: asked(6) }, found)).toEqual({ create: false, left: [] });
  });

  test('is told where it differs from what is asked', () => {
    const wanted = asked(6, { replicationFactor: 3, config: { 'retention.ms': '1', 'cleanup.policy': 'compact' } });
    const there = { ...found, config: { 'retention.ms': '5' } };
    expect(topicPlan({ wanted }, there)).toEqual({
      create: false,
      left: [
        'the number of partitions is 3, not 6',
        'the replication factor is 2, not 3',
        'retention.ms is 5, not 1',
        'cleanup.policy is not set, not compact',
      ],
    });
  });

  test('is configured anew when its configuration is changed, and keeps what was set by hand', () => {
    const before = asked(3, { config: { 'retention.ms': '1', 'cleanup.policy': 'compact' } });
    const wanted = asked(3, { config: { 'retention.ms': '2' } });
    const there = { ...found, config: { 'retention.ms': '1', 'cleanup.policy': 'compact', 'segment.ms': '9' } };
    expect(topicPlan({ wanted, before }, there)).toEqual({
      create: false,
      config: { 'segment.ms': '9', 'retention.ms': '2' },
      left: [],
    });
    expect(topicPlan({ wanted: before, before }, there).config).toBeUndefined();
  });
});
