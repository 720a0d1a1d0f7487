// What a template asks for and the emulator does not do, read from the template.
import { describe, expect, test } from '@jest/globals';
import { concurrencyOf, mappingsOf } from '../../../local/deploy/left-undone';

const sink = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'pipeline-sink' } };
const mapping = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    FunctionName: { Ref: 'Sink' },
    Topics: ['prices'],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'connect-sink' },
    MaximumBatchingWindowInSeconds: 2,
  },
};

describe('event source mappings', () => {
  test('come with the name of their function, topic, group and window', () => {
    expect(mappingsOf({ Resources: { Sink: sink, Mapping: mapping } })).toEqual([
      { functionName: 'pipeline-sink', topic: 'prices', groupId: 'connect-sink', batchingWindowMs: 2000 },
    ]);
  });

  test.each(['FunctionName', 'Topics', 'AmazonManagedKafkaEventSourceConfig'])('without %s are refused', (name) => {
    const broken = { ...mapping, Properties: { ...mapping.Properties, [name]: undefined } };
    expect(() => mappingsOf({ Resources: { Sink: sink, Mapping: broken } })).toThrow(/^Mapping names no function/);
  });
});

test('reserved concurrency is that of the functions that have one', () => {
  const source = {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'pipeline-source', ReservedConcurrentExecutions: 1 },
  };
  expect(concurrencyOf({ Resources: { Sink: sink, Source: source } })).toEqual(new Map([['pipeline-source', 1]]));
});
