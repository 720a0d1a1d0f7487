// What Connect's LogReporter says of a record that is passed over; never what the record holds.
import type { SinkConfig } from '../../config/sink-model';
import type { TopicPartition } from '../object-key';
import type { Fault } from '../record';
import { executingClass, TASK } from './connect-classes';

/** Connect's own sentence, so that filters that look for it find it. `errors.log.include.messages` adds the record's place. */
export function logLine(config: SinkConfig, { topic, partition }: TopicPartition, { record, stage }: Fault): string {
  const what = `Error encountered in task ${config.name}-${TASK}. Executing stage '${stage}' with class '${executingClass(config, stage)}'`;
  if (!config.errors.logMessages) return `${what}.`;
  const { offset, timestamp } = record;
  const time = timestamp < 0 ? '' : `, timestamp=${timestamp}, timestampType=CreateTime`;
  return `${what}, where consumed record is {topic='${topic}', partition=${partition}, offset=${offset}${time}}.`;
}
