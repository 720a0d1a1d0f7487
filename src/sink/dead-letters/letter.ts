// The message that a record becomes when it cannot be written: itself, and where and why it failed, as Connect's DeadLetterQueueReporter has it.
import type { SinkConfig } from '../../config/sink-model';
import { messageOf } from '../../errors';
import { decodeRecord } from '../../kafka/msk-event';
import type { UnplacedMessage } from '../../kafka/topic-log';
import type { TopicPartition } from '../object-key';
import type { Fault } from '../record';
import { exceptionClass, executingClass, TASK } from './connect-classes';

/** Key, value, timestamp and headers of the record, byte for byte; behind these headers, those of the context. */
export type DeadLetter = UnplacedMessage;

/** A timestamp below 0 is none: the letter gets the time at which it is produced. */
export function deadLetter(config: SinkConfig, source: TopicPartition, fault: Fault): DeadLetter {
  const { key, value, timestamp, headers } = decodeRecord({ ...source, ...fault.record, timestampType: 'CREATE_TIME' });
  const context = config.errors.deadLetters?.contextHeaders === true ? contextHeaders(config, source, fault) : [];
  return { key, value, headers: [...headers, ...context], ...(timestamp < 0 ? {} : { timestamp }) };
}

type Header = NonNullable<DeadLetter['headers']>[number];

/** Added, as in Connect: of a letter that was one before, the last header of a name is of the last failure. */
function contextHeaders(config: SinkConfig, { topic, partition }: TopicPartition, fault: Fault): Header[] {
  const { record, stage, error } = fault;
  const texts = {
    topic,
    partition: String(partition),
    offset: String(record.offset),
    'connector.name': config.name,
    'task.id': String(TASK),
    stage,
    'class.name': executingClass(config, stage),
    'exception.class.name': exceptionClass(error),
    'exception.message': error.message,
    'exception.stacktrace': stackTrace(exceptionClass(error), error),
  };
  return Object.entries(texts).map(([name, text]) => [`__connect.errors.${name}`, Buffer.from(text)]);
}

/** As Java prints one: the exception, its frames, and each cause below it. */
function stackTrace(name: string, error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const lines = [`${name}: ${error.message}`, ...frames.map((line) => `\t${line.trim()}`)];
  for (let { cause } = error, depth = 0; cause !== undefined && depth < MOST_CAUSES; depth += 1) {
    lines.push(`Caused by: ${cause instanceof Error ? cause.name : typeof cause}: ${messageOf(cause)}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return `${lines.join('\n')}\n`;
}

const MOST_CAUSES = 10;
