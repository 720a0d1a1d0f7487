// Makes kafkajs's client from the configuration, its log routed to ours.
import { Kafka, type KafkaConfig as KafkaJsConfig, type LogEntry, logLevel, type SASLOptions } from 'kafkajs';
import type { KafkaConfig } from '../config/model';
import { ConnectlessError } from '../errors';
import { logger } from '../log';
import { iamLogin } from './iam-login';
import { leasedSockets } from './leased-sockets';

/** Retries within one call: about 6 s in all, long enough for a leader's election. The caller decides about the next attempt. */
const RETRY = { initialRetryTime: 200, retries: 5 };

/** Nothing is connected yet. @param mayWrite asked before each request; @default always. Throws a ConnectlessError `CONFIG_INVALID` for SASL settings that cannot work. */
export function kafkaClient(config: KafkaConfig, mayWrite?: () => boolean): Kafka {
  return new Kafka({
    brokers: [...config.brokers],
    clientId: config.clientId,
    connectionTimeout: 3000,
    requestTimeout: config.requestTimeoutMs,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => report,
    ...(mayWrite === undefined ? {} : { socketFactory: leasedSockets(mayWrite) }),
    ...security(config),
  });
}

function security(config: KafkaConfig): Pick<KafkaJsConfig, 'ssl' | 'sasl'> {
  const ssl = config.securityProtocol === 'SSL' || config.securityProtocol === 'SASL_SSL';
  return config.securityProtocol.startsWith('SASL_') ? { ssl, sasl: saslOptions(config) } : { ssl };
}

function saslOptions({ sasl, securityProtocol, brokers }: KafkaConfig): SASLOptions {
  if (sasl === undefined) throw invalid('security.protocol asks for SASL, so sasl.mechanism must be set');
  if (sasl.mechanism === 'AWS_MSK_IAM') {
    if (securityProtocol !== 'SASL_SSL') throw invalid('sasl.mechanism=AWS_MSK_IAM needs security.protocol=SASL_SSL');
    return iamLogin(brokers);
  }
  const { username, password } = sasl;
  if (username === undefined || password === undefined) {
    throw invalid(`sasl.mechanism=${sasl.mechanism} needs username and password in sasl.jaas.config`);
  }
  if (sasl.mechanism === 'PLAIN') return { mechanism: 'plain', username, password };
  if (sasl.mechanism === 'SCRAM-SHA-256') return { mechanism: 'scram-sha-256', username, password };
  return { mechanism: 'scram-sha-512', username, password };
}

function invalid(message: string): ConnectlessError {
  return new ConnectlessError('CONFIG_INVALID', `Kafka: ${message}.`);
}

/**
 * kafkajs logs every error that it then retries, or throws at its caller, who reports it with what it was about. Only a
 * running consumer that crashes has no caller.
 */
function report({ level, namespace, log: { message, error } }: LogEntry): void {
  const said = { kafkajs: namespace, ...(error === undefined ? {} : { cause: String(error) }) };
  if (namespace === 'Consumer' && level === logLevel.ERROR) logger.warn(message, said);
  else logger.debug(message, said);
}
