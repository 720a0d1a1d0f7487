import { expect, test } from '@jest/globals';
import { logLine } from '../../../../src/sink/dead-letters/log-line';
import { sampleSource } from '../sample';
import { sampleFault, tolerant } from './sample-fault';

const WHAT =
  "Error encountered in task s3-sink-0. Executing stage 'VALUE_CONVERTER' with class 'io.confluent.connect.avro.AvroConverter'";
const { record } = sampleFault();

test.each([
  ['names task, stage and class', { logMessages: false }, record, `${WHAT}.`],
  [
    'with errors.log.include.messages names the place of the record, too',
    { logMessages: true },
    record,
    `${WHAT}, where consumed record is {topic='prices', partition=0, offset=2, timestamp=1795359864105, timestampType=CreateTime}.`,
  ],
  [
    'names no timestamp that is not there',
    { logMessages: true },
    { ...record, timestamp: -1 },
    `${WHAT}, where consumed record is {topic='prices', partition=0, offset=2}.`,
  ],
])('the line of a record that is passed over %s', (_, errors, passed, line) => {
  expect(logLine(tolerant(errors), sampleSource, sampleFault({ record: passed }))).toBe(line);
});
