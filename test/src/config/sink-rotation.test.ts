// When a sink closes its files.
import { describe, expect, test } from '@jest/globals';
import { faultsOf, type Properties, SINK, validate, WORKER } from './files';

const BY_TIME = {
  'partitioner.class': 'io.confluent.connect.storage.partitioner.HourlyPartitioner',
  locale: 'en-US',
  timezone: 'Europe/Berlin',
};

describe('rotation', () => {
  test.each<[Properties, object]>([
    [{}, { flushSize: 3, rotateOnPartitionChange: true, timeZone: 'UTC' }],
    [
      { ...BY_TIME, 'rotate.interval.ms': '60000' },
      { rotateIntervalMs: 60000, timeZone: 'Europe/Berlin' },
    ],
    [{ ...BY_TIME, 'rotate.file.on.partition.change': 'false' }, { rotateOnPartitionChange: false }],
    [
      { 'rotate.schedule.interval.ms': '600000', timezone: 'Asia/Kolkata' },
      { rotateScheduleMs: 600000, timeZone: 'Asia/Kolkata' },
    ],
    [
      { 'connectless.rotate.bytes': '1048576', 'connectless.rotate.idle.ms': '60000' },
      { rotateBytes: 1048576, rotateIdleMs: 60000 },
    ],
  ])('%j says what is configured', (properties, expected) => {
    const { config, faults } = validate(WORKER, { ...SINK, ...properties });
    expect(faults).toEqual([]);
    expect(config?.connectors).toMatchObject([expected]);
  });

  const OFF = ['rotateIntervalMs', 'rotateScheduleMs', 'rotateBytes', 'rotateIdleMs'];
  const PROPERTIES = [
    'rotate.interval.ms',
    'rotate.schedule.interval.ms',
    'connectless.rotate.bytes',
    'connectless.rotate.idle.ms',
  ];
  test.each(['-1', '0'])('%s switches each of them off', (off) => {
    const properties = Object.fromEntries(PROPERTIES.map((name) => [name, off]));
    const { config } = validate(WORKER, { ...SINK, ...BY_TIME, ...properties });
    expect(config?.connectors).toHaveLength(1);
    for (const name of OFF) expect(config?.connectors[0]).not.toHaveProperty(name);
  });

  test('by record time needs a partitioner by time: without one it is ignored, as by Kafka Connect, and that is said', () => {
    const { config, notes } = validate(WORKER, { ...SINK, 'rotate.interval.ms': '60000' });
    expect(config?.connectors[0]).not.toHaveProperty('rotateIntervalMs');
    expect(notes.at(-1)).toEqual({
      file: 'c0',
      line: 8,
      property: 'rotate.interval.ms',
      why: 'It goes by the timestamps of a partitioner by time, and this is none: Kafka Connect ignores it, too.',
    });
  });

  test.each<[Properties, string]>([
    [
      { 'rotate.schedule.interval.ms': '5000' },
      'c0: timezone: is missing, and rotate.schedule.interval.ms begins at its midnight; add timezone=UTC, or a name such as Europe/Berlin',
    ],
    [
      { 'rotate.schedule.interval.ms': '5000', timezone: '+02:00' },
      'c0:9: timezone: "+02:00" is no time zone; write a name such as UTC, Europe/Berlin, or Etc/GMT-2 for +02:00',
    ],
    [
      { 'rotate.interval.ms': '-2' },
      'c0:8: rotate.interval.ms: "-2" is less than 1; write a number from 1, or -1 to switch it off',
    ],
    [
      { 'connectless.rotate.bytes': '100' },
      'c0:8: connectless.rotate.bytes: "100" is less than 1024; write a number from 1024, or -1 to switch it off',
    ],
    [
      { 'schema.compatibility': 'FOO' },
      'c0:8: schema.compatibility: "FOO" is none of NONE, BACKWARD, FORWARD, FULL; write NONE or BACKWARD or FORWARD or FULL',
    ],
    [
      { 'max.open.files.per.partition': '10' },
      'c0:8: max.open.files.per.partition: is not supported: what open files hold is bounded by its bytes: at 32 MiB in no part yet, all files of a partition are closed; delete the line, or write its default "-1"',
    ],
  ])('%j is reported', (properties, line) => expect(faultsOf(WORKER, { ...SINK, ...properties })).toEqual([line]));
});
