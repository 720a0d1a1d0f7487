import { describe, expect, test } from '@jest/globals';
import { mskCalls, operationsOf } from './kafka-calls';

const line = (user: string, outcome: string, operation: string, resource: string, request: string) =>
  `Principal = User:${user} is ${outcome} operation = ${operation} from host = 127.0.0.1 on resource = ${resource} for request = ${request} with resourceRefCount = 1 based on rule DefaultAllow`;
const CLUSTER = 'arn:aws:kafka:eu-central-1:111122223333:cluster/prices/u-2';

describe('the authorizer’s log', () => {
  test('tells what a user was allowed, each once', () => {
    const write = line('source', 'Allowed', 'WRITE', 'Topic:LITERAL:prices', 'Produce');
    const log = [
      write,
      write,
      line('sink', 'Allowed', 'READ', 'Topic:LITERAL:prices', 'Fetch'),
      line('source', 'Denied', 'CREATE', 'Cluster:LITERAL:kafka-cluster', 'CreateTopics'),
    ].join('\n');
    const produced = { user: 'source', operation: 'WRITE', type: 'Topic', name: 'prices', request: 'Produce' };
    expect(operationsOf(`${log}\n`, 'source')).toEqual([produced]);
  });

  test('does not tell what only adds to an answer', () => {
    const log = [
      line('topics', 'Allowed', 'CREATE', 'Topic:LITERAL:mine', 'CreateTopics'),
      line('topics', 'Allowed', 'DESCRIBE_CONFIGS', 'Topic:LITERAL:mine', 'CreateTopics'),
      line('topics', 'Allowed', 'DESCRIBE', 'Topic:LITERAL:mine', 'Metadata'),
      line('topics', 'Allowed', 'DESCRIBE', 'Topic:LITERAL:other', 'Metadata'),
    ].join('\n');
    const told = operationsOf(log, 'topics').map(({ operation, name }) => `${operation} ${name}`);
    expect(told).toEqual(['CREATE mine', 'DESCRIBE mine']);
  });

  test('is read to its last line, or not at all', () => {
    expect(() => operationsOf('something else', 'source')).toThrow('The authorizer wrote: something else');
  });
});

describe('MSK asks IAM', () => {
  const asked = (operation: string, type: string, name: string) =>
    mskCalls({ user: 'u', operation, type, name, request: 'R' }, CLUSTER).map(
      ({ action, resource }) => `${action.replace('kafka-cluster:', '')} ${resource.replace(/^.*:/, '')}`,
    );
  test.each<[string, string, string, string[]]>([
    ['READ', 'Topic', 'prices', ['ReadData topic/prices/u-2/prices', 'DescribeTopic topic/prices/u-2/prices']],
    [
      'READ',
      'Group',
      'connect-x',
      ['AlterGroup group/prices/u-2/connect-x', 'DescribeGroup group/prices/u-2/connect-x'],
    ],
    ['IDEMPOTENT_WRITE', 'Cluster', 'kafka-cluster', ['WriteDataIdempotently cluster/prices/u-2']],
    ['DESCRIBE_CONFIGS', 'Topic', 'x', ['DescribeTopicDynamicConfiguration topic/prices/u-2/x']],
  ])('for %s on a %s', (operation, type, name, expected) => {
    expect(asked(operation, type, name)).toEqual(['Connect cluster/prices/u-2', ...expected]);
  });

  test('what nobody knows for an operation that is new', () => {
    expect(() => asked('DELETE', 'Topic', 'x')).toThrow('What does DELETE on Topic x (R) need?');
  });
});
