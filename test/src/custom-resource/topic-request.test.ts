import { describe, expect, test } from '@jest/globals';
import { topicRequest } from '../../../src/custom-resource/topic-request';
import { createEvent, updateEvent } from './events';

describe('what is asked about a topic', () => {
  test('is read from the texts that CloudFormation hands on', () => {
    const properties = {
      Topic: 'prices',
      Partitions: '6',
      ReplicationFactor: '3',
      Config: { 'retention.ms': '60000' },
    };
    expect(topicRequest(createEvent(properties))).toEqual({
      wanted: { topic: 'prices', partitions: 6, replicationFactor: 3, config: { 'retention.ms': '60000' } },
    });
  });

  test('may be its name alone', () => {
    expect(topicRequest(createEvent({ Topic: 'prices' }))).toEqual({ wanted: { topic: 'prices', config: {} } });
  });

  test('of a change has what was asked before, unless that was another topic', () => {
    expect(topicRequest(updateEvent({ Topic: 'a', Partitions: '1' }, { Topic: 'a', Partitions: '2' }))).toMatchObject({
      wanted: { partitions: 2 },
      before: { partitions: 1 },
    });
    expect(topicRequest(updateEvent({ Topic: 'a' }, { Topic: 'b' }))).toEqual({ wanted: { topic: 'b', config: {} } });
  });

  test.each([
    ['Topic', {}],
    ['Topic', { Topic: '' }],
    ['Partitions', { Topic: 'a', Partitions: '0' }],
    ['Partitions', { Topic: 'a', Partitions: 'many' }],
    ['ReplicationFactor', { Topic: 'a', ReplicationFactor: '-1' }],
    ['Config', { Topic: 'a', Config: 'x=y' }],
  ])('names the property that is wrong: %s in %j', (property, properties) => {
    expect(() => topicRequest(createEvent(properties))).toThrow(`property ${property}: write`);
  });
});
