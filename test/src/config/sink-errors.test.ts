// What a sink does with records that cannot be written.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from './files';

const DEAD_LETTERS = 'errors.deadletterqueue.topic.name';

describe('errors', () => {
  test.each<[Properties, object]>([
    [{}, { tolerance: 'none', log: false, logMessages: false, retryTimeoutMs: 0, retryDelayMaxMs: 60000 }],
    [
      {
        'errors.tolerance': 'all',
        'errors.log.enable': 'true',
        'errors.log.include.messages': 'true',
        'errors.retry.timeout': '-1',
        'errors.retry.delay.max.ms': '1000',
      },
      { tolerance: 'all', log: true, logMessages: true, retryTimeoutMs: -1, retryDelayMaxMs: 1000 },
    ],
    [
      { [DEAD_LETTERS]: 'bad' },
      expect.objectContaining({ deadLetters: { topic: 'bad', replicationFactor: 3, contextHeaders: false } }),
    ],
    [
      {
        [DEAD_LETTERS]: 'bad',
        'errors.deadletterqueue.topic.replication.factor': '-1',
        'errors.deadletterqueue.context.headers.enable': 'true',
      },
      expect.objectContaining({ deadLetters: { topic: 'bad', replicationFactor: -1, contextHeaders: true } }),
    ],
  ])('of a sink may be %j', (properties, errors) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors[0]).toHaveProperty('errors', errors);
  });

  const loop = `${DEAD_LETTERS}: is a topic that this sink reads, so a dead letter would come back for ever; write another topic`;
  const pattern = { topics: undefined, 'topics.regex': 'out-.*' };
  test.each<[Properties, string]>([
    [{ [DEAD_LETTERS]: 'out-prices' }, `c0:8: ${loop}`],
    [{ ...pattern, [DEAD_LETTERS]: 'out-bad' }, `c0:8: ${loop}`],
    [{ 'errors.tolerance': 'some' }, 'c0:8: errors.tolerance: "some" is none of none, all; write none or all'],
    [
      { [DEAD_LETTERS]: 'a b' },
      `c0:8: ${DEAD_LETTERS}: "a b" is no name of a topic; use letters, digits, ".", "_" and "-", up to 249`,
    ],
    [{ 'errors.retry.timeout': '-2' }, 'c0:8: errors.retry.timeout: "-2" is less than -1; write a number from -1'],
    [
      { [DEAD_LETTERS]: 'bad', 'errors.deadletterqueue.topic.replication.factor': '0' },
      'c0:9: errors.deadletterqueue.topic.replication.factor: "0" is neither a number from 1 nor -1; write a number from 1, or -1 for the broker\'s own',
    ],
  ])('%j is reported', (properties, line) => expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([line]));

  test('a pattern that leaves the dead letters out has no loop', () => {
    expect(faultsOf(WORKER, { ...SINK, ...pattern, [DEAD_LETTERS]: 'bad-out' })).toEqual([]);
  });

  test.each([
    ['a source', SOURCE],
    ['a processor', PROCESSOR],
  ])('of %s can only stop its partition', (_, connector) => {
    const write = 'delete the line, or write its default "none"';
    expect(faultsOf(WORKER, { ...connector, 'errors.tolerance': 'all' })).toEqual([
      expect.stringContaining(
        `errors.tolerance: is not supported: a record that cannot be written stops its partition; there is no other way yet; ${write}`,
      ),
    ]);
  });
});
