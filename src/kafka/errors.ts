// Turns what kafkajs throws into an error that names the cure.
import { ConnectlessError, messageOf } from '../errors';
import { loginFailure, missingActions } from './login-errors';

const UNREACHABLE =
  /ConnectionError|ConnectionClosedError|NoBrokerAvailable|BrokerNotFound|RequestTimeoutError|ECONN|ENOTFOUND|EAI_AGAIN/;

/** What an error is about, for its message. */
export interface KafkaWork {
  readonly brokers: readonly string[];
  readonly topic?: string;
}

/**
 * `KAFKA_UNAVAILABLE` (retryable), `TOPIC_NOT_FOUND` (retryable: it may be created), `RECORD_TOO_LARGE`,
 * `KAFKA_AUTHENTICATION` (retryable when MSK is only busy), `KAFKA_AUTHORIZATION`, or `KAFKA_FAILED` with the broker's own words (retryable).
 */
export function kafkaError(error: unknown, { brokers, topic }: KafkaWork): ConnectlessError {
  if (error instanceof ConnectlessError) return error;
  const chain = causes(error);
  const kinds = chain.map(kindOf).join(' ');
  const has = (pattern: RegExp) => pattern.test(kinds);
  const last = messageOf(chain.at(-1));
  const servers = brokers.join(', ');
  const make = (code: string, message: string, retryable: boolean) =>
    new ConnectlessError(code, message, { retryable, cause: error });

  if (has(/UNKNOWN_TOPIC_OR_PARTITION|INVALID_TOPIC_EXCEPTION/)) return topicNotFound(topic ?? '?', error);
  if (has(/MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE/)) {
    return make('RECORD_TOO_LARGE', `Topic ${topic} takes no record this large: raise its max.message.bytes.`, false);
  }
  if (has(/SASL|ILLEGAL_SASL_STATE/)) {
    const { message, retryable } = loginFailure(brokers, last);
    return make('KAFKA_AUTHENTICATION', message, retryable);
  }
  if (has(/_AUTHORIZATION_FAILED/)) {
    return make(
      'KAFKA_AUTHORIZATION',
      `Kafka at ${servers} denies access${topic ? ` to topic ${topic}` : ''}: grant it, with IAM as ${missingActions(kinds)}. It says: ${last}`,
      false,
    );
  }
  if (has(UNREACHABLE)) {
    return make(
      'KAFKA_UNAVAILABLE',
      `No answer from Kafka at ${servers} (${last}): check bootstrap.servers, security.protocol and that the brokers are up.`,
      true,
    );
  }
  return make('KAFKA_FAILED', `Kafka at ${servers}${topic ? `, topic ${topic}` : ''}: ${last}`, true);
}

export function topicNotFound(topic: string, cause?: unknown): ConnectlessError {
  return new ConnectlessError(
    'TOPIC_NOT_FOUND',
    `Topic ${topic} does not exist: create it with "connectless topics --create --topic ${topic}".`,
    { retryable: true, cause },
  );
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && chain.length < 10; ) {
    chain.push(at);
    if (at instanceof AggregateError) chain.push(...at.errors);
    at = at instanceof Error ? at.cause : undefined;
  }
  return chain;
}

/** kafkajs tells its errors apart by `name`, the broker's by `type`, the network's by `code`. */
function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { name, type, code } = error as { name?: unknown; type?: unknown; code?: unknown };
  return [name, type, code].join(' ');
}
