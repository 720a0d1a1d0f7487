// What kafkajs throws, and what is said instead.
import { describe, expect, test } from '@jest/globals';
import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { ConnectlessError } from '../../../src/errors';
import { kafkaError } from '../../../src/kafka/errors';

const about = { brokers: ['a:9092', 'b:9092'], topic: 'prices' };
const protocol = (type: string) =>
  new KafkaJSProtocolError(Object.assign(new Error(`says ${type}`), { type, code: 1 }));

describe('kafkaError', () => {
  test.each([
    [new KafkaJSConnectionError('connect ECONNREFUSED'), 'KAFKA_UNAVAILABLE', true, /a:9092, b:9092/],
    [protocol('UNKNOWN_TOPIC_OR_PARTITION'), 'TOPIC_NOT_FOUND', true, /connectless topics --create --topic prices/],
    [protocol('MESSAGE_TOO_LARGE'), 'RECORD_TOO_LARGE', false, /max.message.bytes/],
    [
      protocol('TOPIC_AUTHORIZATION_FAILED'),
      'KAFKA_AUTHORIZATION',
      false,
      /topic prices: .*kafka-cluster:WriteData on the topic/,
    ],
    [protocol('GROUP_AUTHORIZATION_FAILED'), 'KAFKA_AUTHORIZATION', false, /kafka-cluster:AlterGroup/],
    [protocol('CLUSTER_AUTHORIZATION_FAILED'), 'KAFKA_AUTHORIZATION', false, /kafka-cluster:WriteDataIdempotently/],
    [
      Object.assign(new Error('bad password'), { name: 'KafkaJSSASLAuthenticationError' }),
      'KAFKA_AUTHENTICATION',
      false,
      /sasl.jaas.config/,
    ],
    [protocol('OUT_OF_ORDER_SEQUENCE_NUMBER'), 'KAFKA_FAILED', true, /says OUT_OF_ORDER/],
  ])('%s is %s', (error, code, retryable, message) => {
    expect(kafkaError(error, about)).toMatchObject({ code, retryable, cause: error });
    expect(kafkaError(error, about).message).toMatch(message);
  });

  test('looks behind the error that says that retries are exhausted', () => {
    const refused = new KafkaJSConnectionError('connect ECONNREFUSED');
    const error = new KafkaJSNumberOfRetriesExceeded(refused, { retryCount: 5, retryTime: 1 });
    expect(kafkaError(error, about).code).toBe('KAFKA_UNAVAILABLE');
  });

  test('leaves an error of our own as it is', () => {
    const own = new ConnectlessError('TOPIC_NOT_FOUND', 'no topic');
    expect(kafkaError(own, about)).toBe(own);
  });
});
