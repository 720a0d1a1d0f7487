// A kafkajs message as a record of the event source.
import type { KafkaMessage } from 'kafkajs';
import type { ConsumedRecord } from './batch';

/** kafkajs keeps it here; its types do not mention it. 1 is the broker's time of appending (Kafka's `RecordBatch.Attributes`). */
type DecodedMessage = KafkaMessage & { readonly batchContext?: { readonly timestampType?: number } };

export function consumedRecord(topic: string, partition: number, message: DecodedMessage): ConsumedRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    timestampType: message.batchContext?.timestampType === 1 ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
    key: message.key,
    value: message.value,
    headers: headersOf(message.headers ?? {}),
  };
}

/** One entry for each header of the record: kafkajs gathers those of one name in a list. */
function headersOf(headers: NonNullable<KafkaMessage['headers']>): ConsumedRecord['headers'] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values ?? null].flat().map((value) => [name, typeof value === 'string' ? Buffer.from(value) : value] as const),
  );
}
