// Properties that the deployment on AWS looks at.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, PROCESSOR, type Properties, SINK, SOURCE, validate, WORKER } from './files';

describe('a connector says of its deployment', () => {
  test.each<[Properties, object]>([
    [
      {
        'connectless.function.name': 'prices_to-s3',
        'connectless.function.memory.mb': '10240',
        'connectless.function.timeout.ms': '840000',
        'connectless.log.retention.days': '3653',
        'connectless.tags': 'team=data, cost center=a=b, empty=',
      },
      {
        deployment: {
          functionName: 'prices_to-s3',
          memoryMb: 10240,
          timeoutMs: 840000,
          logRetentionDays: 3653,
          tags: { team: 'data', 'cost center': 'a=b', empty: '' },
        },
      },
    ],
    [{ 'connectless.trigger.pollers': '1' }, { trigger: { pollers: { min: 1, max: 1 }, batchWindowMs: 1000 } }],
    [{ 'connectless.trigger.pollers': '200-2000' }, { trigger: { pollers: { min: 200, max: 2000 } } }],
    [{ 'connectless.trigger.batch.window.ms': '0' }, { trigger: { batchWindowMs: 0 } }],
  ])('%j', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties }, { ...PROCESSOR, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([expected, expected]);
  });

  test('how many partitions and replicas its topics get, and -1 for what the broker has', () => {
    const wanted = { 'topic.creation.default.partitions': '6', 'topic.creation.default.replication.factor': '-1' };
    const { config } = validate(WORKER, { ...SOURCE, ...wanted }, { ...PROCESSOR, ...wanted });
    expect(config?.connectors.map((connector) => 'topicCreation' in connector && connector.topicCreation)).toEqual([
      { partitions: 6 },
      { partitions: 6 },
    ]);
  });
});

describe('a fault of', () => {
  test.each<[Properties, string]>([
    [
      { 'connectless.function.name': 'a.b' },
      '"a.b" is no name of a function; use letters, digits, "-" and "_", up to 64',
    ],
    [{ 'connectless.function.memory.mb': '127' }, '"127" is less than 128; write a number from 128'],
    [{ 'connectless.function.memory.mb': '10241' }, '"10241" is more than 10240; write a number up to 10240'],
    [{ 'connectless.function.timeout.ms': '1500' }, '"1500" is no whole number of seconds; write 2000'],
    [{ 'connectless.function.timeout.ms': '841000' }, '"841000" is more than 840000; write a number up to 840000'],
    [
      { 'connectless.log.retention.days': '31' },
      '"31" is no retention that CloudWatch has; write 60, the next longer one that it has',
    ],
    [{ 'connectless.tags': 'team' }, '"team" is no key=value; write for example team=data'],
    [{ 'connectless.tags': 'AWS:x=1' }, '"AWS:x=1" begins with aws:, which is kept for AWS; name the tag otherwise'],
    [{ 'connectless.tags': 'a=1,a=2' }, '"a=1,a=2" has the tag a twice; keep one of them'],
    [
      { 'connectless.tags': 'a=*' },
      '"a=*" has a character that no tag may have; use letters, digits, spaces and _ . : / = + - @',
    ],
    [
      { 'connectless.tags': `${'k'.repeat(129)}=1` },
      `"${'k'.repeat(100)}…" has a key of more than 128 characters; shorten it`,
    ],
    [
      { 'connectless.tags': `k=${'v'.repeat(257)}` },
      `"k=${'v'.repeat(98)}…" has a value of more than 256 characters; shorten it`,
    ],
    [
      { 'connectless.trigger.pollers': 'many' },
      '"many" is no number of pollers; write one, or the least and the most: 1-4',
    ],
    [{ 'connectless.trigger.pollers': '4-1' }, '"4-1" has the most before the least; write 1-4'],
    [{ 'connectless.trigger.pollers': '0' }, '"0" begins outside 1 to 200; write 1 to 200 before the -'],
    [{ 'connectless.trigger.pollers': '201' }, '"201" begins outside 1 to 200; write 1 to 200 before the -'],
    [{ 'connectless.trigger.pollers': '2-2001' }, '"2-2001" ends above 2000; write 2-2000'],
    [{ 'connectless.trigger.batch.window.ms': '500' }, '"500" is no whole number of seconds; write 1000'],
    [{ 'connectless.trigger.batch.window.ms': '301000' }, '"301000" is more than 300000; write a number up to 300000'],
    [
      { 'connectless.trigger.window.ms': '1000' },
      'is not a known property; delete the line; docs/configuration.md lists all',
    ],
  ])('%j is reported', (properties, line) => {
    const [name] = Object.keys(properties);
    expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([`c0:8: ${name}: ${line}`]);
  });

  test.each<[Properties, string]>([
    [{ 'connectless.function.timeout.ms': '4000' }, '"4000" is less than 5000; write a number from 5000'],
    [{ 'connectless.function.timeout.ms': '901000' }, '"901000" is more than 900000; write a number up to 900000'],
    [
      { 'topic.creation.default.partitions': '0' },
      '"0" is neither a number from 1 nor -1; write a number from 1, or -1 for what the broker has',
    ],
    [
      { 'topic.creation.groups': 'a' },
      'is not supported: only partitions and replication.factor of topic.creation.default are supported yet; delete the line',
    ],
    [{ 'connectless.trigger.pollers': '1' }, 'is a property of the processor; move or delete the line'],
  ])('a source, %j, is reported', (properties, line) => {
    const [name] = Object.keys(properties);
    expect(faultsOf(WORKER, { ...SOURCE, ...properties })).toEqual([`c0:6: ${name}: ${line}`]);
  });
});
